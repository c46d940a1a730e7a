"""A coordinator imports a file of 5,000 rows with 37 bad ones, repairs them and imports them again."""

import csv
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.roles import Role
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.monitoring.imports.files import HEADER, many_rows, table
from tests.personas import House, member, registered

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS, PATIENTS, BAD = 5_000, 50, 37
PATIENCE_MILLISECONDS = 120_000  # two workers and a browser on two busy cores


@pytest.fixture
def coordinator(house: House) -> str:
    """Cora's address; her hospital has as many patients as the file names."""
    with transaction.atomic():
        cora = member("Cora Cole", house.a, [Role.COORDINATOR])
        for number in range(PATIENTS):
            registered(house.alice, record_number=f"A-{1001 + number}", birth_date=date(1950, 1, 1))
    return cora.user.email


@pytest.fixture
def worker(served: Served, tmp_path: Path) -> Iterator[None]:
    """A worker of the queue for long work, as an installation runs it."""
    options = ["--queues", "long", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "poems_site", "worker", *options],
            cwd=ROOT,
            env=served.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        yield
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.usefixtures("worker")
def test_five_thousand_rows_with_37_bad_ones_are_imported_repaired_and_imported(
    coordinator: str, look: Look, tmp_path: Path
) -> None:
    look.sign_in(coordinator, code_for=time.time())
    page = look.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Imports").click()
    look.check("import-list-empty")
    page.get_by_role("link", name="Import a file").click()
    look.check("import-new")
    upload(page, table(*many_rows(ROWS, PATIENTS, bad=BAD)), "Laboratory A, monthly")
    expect(page.get_by_role("heading", level=1)).to_have_text("What do the columns mean?")
    look.check("import-columns")
    page.get_by_role("button", name="Check the file").click()
    tally(page, "New", "4,963")
    tally(page, "Refused rows", "37")
    look.check("import-checked")
    repaired = repair(page, tmp_path)
    page.get_by_role("button", name="Import 4,963 results").click()
    heading(page, "Imported")
    look.check("import-imported")
    import_repaired(page, repaired)
    look.check("import-list")


def import_repaired(page: Page, content: bytes) -> None:
    """The mended rows: the columns are remembered, and nothing else is new."""
    page.get_by_role("link", name="Import another file").click()
    upload(page, content, "Laboratory A, monthly")
    expect(page.get_by_text("as for the last file of this sender")).to_be_visible()
    page.get_by_role("button", name="Check the file").click()
    tally(page, "New", "37")
    page.get_by_role("button", name="Import 37 results").click()
    heading(page, "Imported")
    page.goto("/imports/")


@pytest.mark.usefixtures("worker")
def test_names_are_asked_and_a_correction_is_shown_before_it_is_made(coordinator: str, look: Look) -> None:
    look.sign_in(coordinator, code_for=time.time())
    page = look.page
    row = "A-1001,Vasc. endothelial GF,1450,pg/mL,Plasma,2026-01-05,Laboratory A"
    page.goto("/imports/new/")
    upload(page, table(row, row.replace("Vasc. endothelial GF", "Potassium (ISE)")), "Laboratory B")
    page.get_by_role("button", name="Check the file").click()
    look.check("import-names")
    page.get_by_label("Vasc. endothelial GF").select_option("VEGF")
    page.get_by_label("Potassium (ISE)").select_option("Leave these rows out")
    page.get_by_role("button", name="Check the file").click()
    tally(page, "Left out", "1")
    page.get_by_role("button", name="Import 1 result").click()
    heading(page, "Imported")
    page.goto("/imports/new/")
    upload(page, table(row.replace("1450", "1540000")), "Laboratory B")
    page.get_by_role("button", name="Check the file").click()
    tally(page, "Corrected", "1")
    look.check("import-correction-and-unusual")


def test_a_refused_upload_says_why_and_wrong_columns_are_marked(coordinator: str, look: Look) -> None:
    look.sign_in(coordinator, code_for=time.time())
    page = look.page
    page.goto("/imports/new/")
    upload(page, b"only one column\n1\n", "Laboratory C")
    expect(page.get_by_role("alert")).to_contain_text("Only one column was found")
    look.check("import-refused-upload")
    upload(page, b"Patient;VEGF;Platelets (G/L);Date\nA-1001;1,450;250;03/04/2026", "Laboratory C")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert")).to_contain_text("None is assumed")
    look.check("import-columns-refused")


def upload(page: Page, content: bytes, source: str) -> None:
    page.get_by_label("File").set_input_files(
        {"name": "results.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_label("Who sent it").fill(source)
    page.get_by_role("button", name="Upload and look at it").click()


def tally(page: Page, what: str, number: str) -> None:
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=what, exact=True))
    expect(row.get_by_role("cell").first).to_have_text(number, timeout=PATIENCE_MILLISECONDS)


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text, timeout=PATIENCE_MILLISECONDS)


def repair(page: Page, folder: Path) -> bytes:
    """Download the refused rows and mend each as its reason says."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused rows").click()
    file = folder / "refused.csv"
    download.value.save_as(file)
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    assert len(rows) == BAD + 1
    width = len(HEADER.split(","))
    for cells in rows[1:]:
        assert cells[width + 1]
        cells[2] = cells[2].removeprefix("about ")
        cells[3] = "pg/mL"
        cells[5] = cells[5].replace("x", "20")
    mended = io.StringIO()
    csv.writer(mended).writerows(rows)
    return mended.getvalue().encode()
