"""Files whose names, columns or corrections a person settles; test_coordinator.py imports a large one."""

import time
from datetime import date

import pytest
from django.db import transaction
from playwright.sync_api import expect

from accounts.roles import Role
from tests.journeys.importing import import_all, tally, upload
from tests.journeys.look import Look
from tests.monitoring.imports.files import table
from tests.personas import House, member, registered


@pytest.fixture
def coordinator(house: House) -> str:
    """Cora's address."""
    with transaction.atomic():
        registered(house.alice, record_number="A-1001", birth_date=date(1950, 1, 1))
        return member("Cora Cole", house.a, [Role.COORDINATOR]).user.email


@pytest.mark.usefixtures("worker")
def test_names_are_asked_and_a_correction_is_shown_before_it_is_made(coordinator: str, look: Look) -> None:
    look.sign_in(coordinator, code_for=time.time())
    page = look.page
    row = "A-1001,Vasc. endothelial GF,1450,pg/mL,Plasma,2026-01-05,Laboratory A"
    page.goto("/imports/")
    look.check("import-list-empty")
    page.get_by_role("link", name="Import a file").click()
    look.check("import-new")
    upload(page, table(row, row.replace("Vasc. endothelial GF", "Potassium (ISE)")), "Laboratory B")
    expect(page.get_by_role("heading", level=1)).to_have_text("What do the columns mean?")
    look.check("import-columns")
    page.get_by_role("button", name="Check the file").click()
    look.check("import-names")
    page.get_by_label("Vasc. endothelial GF").select_option("VEGF")
    page.get_by_label("Potassium (ISE)").select_option("Leave these rows out")
    page.get_by_role("button", name="Check the file").click()
    tally(page, "Left out", "1")
    import_all(page, "Import 1 result")
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


def test_a_check_that_waits_for_its_turn_can_be_stopped(coordinator: str, look: Look) -> None:
    look.sign_in(coordinator, code_for=time.time())
    page = look.page
    page.goto("/imports/new/")
    upload(page, table(), "Laboratory D")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    look.check("import-working")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The file is not checked")
    look.check("import-stopped")
