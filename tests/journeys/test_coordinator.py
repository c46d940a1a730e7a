"""A coordinator's day in one go: a new patient, a visit, a laboratory's file, and what went wrong mended.

Other journeys look at the single pages; this one shows that the work gets done.
"""

import time
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from accounts.roles import Role
from tests.journeys.importing import import_all, repair, tally, upload
from tests.journeys.keyboard import press, tab_to, typed
from tests.journeys.look import Look
from tests.monitoring.imports.files import many_rows, table
from tests.personas import House, member, registered

ROWS, PATIENTS, BAD = 5_000, 50, 37
SENDER = "Laboratory A, monthly"
IMPORTED_DAY = "10 Apr 2010"  # the newest day of which the file has a value for the new patient


@pytest.fixture
def coordinator(house: House) -> str:
    """Cora's address; all patients whom the file names are registered but the first."""
    with transaction.atomic():
        cora = member("Cora Cole", house.a, [Role.COORDINATOR])
        registered(house.alice, record_number="A-1002", given_name="Sofia", family_name="Lindqvist")
        for number in range(2, PATIENTS):
            registered(house.alice, record_number=f"A-{1001 + number}", birth_date=date(1950, 1, 1))
    return cora.user.email


@pytest.mark.usefixtures("worker")
def test_a_coordinator_takes_a_patient_in_and_keeps_the_results_right(
    coordinator: str, look: Look, tmp_path: Path
) -> None:
    look.sign_in(coordinator, code_for=time.time())
    page = look.page
    register_after_the_warning(page)
    diagnose(page)
    add_two_lesions(page)
    enter_a_visit_by_keyboard(page)
    repaired = import_what_is_good(look, tmp_path)
    import_the_repaired_rows(look, repaired)
    import_twice_and_change_nothing(page, repaired)
    correct_one_value(page)
    move_it_to_the_right_patient(page)
    see_both_histories(look)


def register_after_the_warning(page: Page) -> None:
    page.goto("/patients/register/")
    page.get_by_label("Record number").fill("A-1001")
    page.get_by_label("Given name").fill("Zofia")
    page.get_by_label("Family name").fill("Lindqvist")
    page.get_by_label("Date of birth").fill("14 Feb 1977")
    page.get_by_label("Female", exact=True).check()
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("may be registered already")
    expect(page.get_by_label("Given name")).to_have_value("Zofia")
    page.get_by_role("button", name="This is another person").click()
    expect(page.get_by_text("Patient registered.")).to_be_visible()


def diagnose(page: Page) -> None:
    part(page, "Diagnosis & extent").click()
    page.get_by_role("link", name="Assess the diagnosis").click()
    for criterion in (
        "Polyneuropathy",
        "Monoclonal plasma-cell disorder",
        "VEGF elevated",
        "Skin changes",
    ):
        answer(page, criterion, "Yes")
    verdicts = page.locator("#verdicts")
    expect(verdicts.get_by_role("region", name="Mayo criteria")).to_contain_text("met")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Diagnosis assessed.")).to_be_visible()


def add_two_lesions(page: Page) -> None:
    page.get_by_role("link", name="Assess the extent").click()
    page.get_by_label("Imaged by").select_option("PET-CT")
    page.get_by_label("Site").select_option("T9")
    page.get_by_role("button", name="Add a lesion").click()
    page.get_by_role("group", name="Lesion 2").get_by_label("Site").select_option("Ilium")
    page.get_by_label("As many as listed").check()
    expect(page.locator("#verdicts")).to_contain_text("Clonal plasma cells in the marrow")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Extent assessed.")).to_be_visible()
    expect(page.get_by_role("row", name="Ilium")).to_be_visible()


def enter_a_visit_by_keyboard(page: Page) -> None:
    press(page, part(page, "Results"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Results")
    press(page, page.get_by_role("link", name="Enter a visit"))
    tab_to(page, page.get_by_label("Day of the visit"))  # it holds today
    page.keyboard.press("Enter")
    expect(page.locator("[name=vegf-value]")).to_be_focused()
    typed(page, "1450", "Tab")
    typed(page, "pg", "Tab")
    typed(page, "Plasma", "Tab")
    tab_to(page, page.locator("[name=platelets-value]"))
    typed(page, "512", "Tab")
    typed(page, "10", "Control+Enter")
    expect(page.get_by_text("Visit saved: 2 entries.")).to_be_visible()


def import_what_is_good(look: Look, folder: Path) -> bytes:
    """All rows but the bad ones, which are returned mended."""
    page = look.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Imports").click()
    page.get_by_role("link", name="Import a file").click()
    upload(page, table(*many_rows(ROWS, PATIENTS, bad=BAD)), SENDER)
    page.get_by_role("button", name="Check the file").click()
    tally(page, "New", f"{ROWS - BAD:,}")
    tally(page, "Refused rows", str(BAD))
    look.check("import-checked")
    repaired = repair(page, folder, BAD)
    import_all(page, f"Import {ROWS - BAD:,} results")
    look.check("import-imported")
    return repaired


def import_the_repaired_rows(look: Look, content: bytes) -> None:
    """The columns are remembered, and nothing else is new."""
    page = look.page
    page.get_by_role("link", name="Import another file").click()
    upload(page, content, SENDER)
    expect(page.get_by_text("as for the last file of this sender")).to_be_visible()
    page.get_by_role("button", name="Check the file").click()
    tally(page, "New", str(BAD))
    import_all(page, f"Import {BAD} results")


def import_twice_and_change_nothing(page: Page, content: bytes) -> None:
    page.get_by_role("link", name="Import another file").click()
    upload(page, content, SENDER)
    page.get_by_role("button", name="Check the file").click()
    tally(page, "New", "0")
    expect(page.get_by_text("There is nothing to import")).to_be_visible()


def correct_one_value(page: Page) -> None:
    open_results(page, "Zofia Lindqvist")
    page.get_by_label("Show", exact=True).select_option("VEGF")
    page.get_by_role("button", name="Show", exact=True).click()
    row_of(page, IMPORTED_DAY).get_by_role("link", name="Correct").click()
    page.locator("#id_value").fill("1175")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1170 pg/mL → 1175 pg/mL")).to_be_visible()


def move_it_to_the_right_patient(page: Page) -> None:
    page.get_by_role("link", name="Wrong patient…").click()
    page.get_by_label("Name or record number").fill("A-1002")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Choose Sofia Lindqvist").click()
    page.get_by_label("Why does it move?").fill("The tube carried the wrong label")
    page.get_by_role("button", name="Move", exact=True).click()


def see_both_histories(look: Look) -> None:
    page = look.page
    expect(page.get_by_text("went to Sofia Lindqvist")).to_be_visible()
    part(page, "History").click()
    look.check("history-moved-away")
    open_results(page, "Sofia Lindqvist")
    expect(page.get_by_text("came from Zofia Lindqvist")).to_be_visible()
    part(page, "History").click()
    look.check("history-moved-here")


def part(page: Page, name: str) -> Locator:
    """The tab of the record."""
    tabs = page.get_by_role("navigation", name="Parts of the record")
    return tabs.get_by_role("link", name=name, exact=True)


def open_results(page: Page, patient: str) -> None:
    page.goto("/patients/")
    page.get_by_label("Name or record number").fill("Lindqvist")
    page.get_by_role("link", name=patient).click()
    part(page, "Results").click()


def row_of(page: Page, day: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=day))


def answer(page: Page, question: str, word: str) -> None:
    """Give it and wait for the verdicts that follow from it."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("group", name=question, exact=True).get_by_label(word, exact=True).check()
