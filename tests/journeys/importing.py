"""The steps of importing a file, for the journeys that import one."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.monitoring.imports.files import HEADER

PATIENCE_MILLISECONDS = 120_000  # two workers and a browser on two busy cores


def upload(page: Page, content: bytes, source: str) -> None:
    page.get_by_label("File").set_input_files(
        {"name": "results.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_label("Who sent it").fill(source)
    page.get_by_role("button", name="Upload and look at it").click()


def tally(page: Page, what: str, number: str) -> None:
    """Wait until the check says so."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=what, exact=True))
    expect(row.get_by_role("cell").first).to_have_text(number, timeout=PATIENCE_MILLISECONDS)


def import_all(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported", timeout=PATIENCE_MILLISECONDS)


def repair(page: Page, folder: Path, bad: int) -> bytes:
    """Download the ``bad`` refused rows and mend each as its reason says."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused rows").click()
    file = folder / "refused.csv"
    download.value.save_as(file)
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == bad + 1
    width = len(HEADER.split(","))
    for cells in rows[1:]:
        assert cells[width + 1]
        cells[2] = cells[2].removeprefix("about ")
        cells[3] = "pg/mL"
        cells[5] = cells[5].replace("x", "20")
    mended = io.StringIO()
    csv.writer(mended).writerows(rows)
    return mended.getvalue().encode()
