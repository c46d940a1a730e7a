"""The list is filtered, a death closes a record, two records become one, a patient goes elsewhere."""

import time
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from monitoring.follow_ups.local_days import local_day
from patients.models import Patient
from tests.journeys.look import Look
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import House, registered
from tests.workflows.builders import a_treatment


@pytest.fixture
def today(house: House) -> date:
    return local_day(house.a, timezone.now())


@pytest.fixture
def patients(house: House, today: date) -> list[Patient]:
    """Maria, whose follow-up is overdue, her duplicate, and sixty others."""
    with transaction.atomic():
        maria = registered(house.alice)
        a_treatment(maria, house.alice)
        window = {
            "anchored_on": today - timedelta(days=200),
            "earliest": today - timedelta(days=100),
            "due": today - timedelta(days=90),
            "latest": today - timedelta(days=60),
        }
        planned(house.alice, item(**window), patient=maria, now=timezone.now() - timedelta(days=150))
        again = registered(house.alice, record_number="A-2044", given_name="Marie", family_name="Schultz")
        a_treatment(again, house.alice, name="Melphalan-dex")
        for n in range(60):
            registered(
                house.alice,
                record_number=f"N-{n:03}",
                given_name=("Ines", "Paul", "Olga")[n % 3],
                family_name=f"Example {n:02}",
                birth_date=date(1940 + n % 40, 1 + n % 12, 1 + n % 28),
            )
    return [maria, again]


def test_the_list_is_filtered_sorted_and_paged(patients: list[Patient], look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto("/patients/")
    look.check("list")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Previous")).to_be_visible()
    page.get_by_role("link", name="Born").click()
    page.get_by_label("Follow-up overdue").check()
    expect(page.get_by_text("1 patient.")).to_be_visible()
    assert "overdue=on" in page.url
    look.check("list-overdue")
    page.get_by_label("Name or record number").fill("shulz")
    expect(page.get_by_text("1 found")).to_be_visible()
    assert "shulz" not in page.url
    page.get_by_label("Extent").select_option("localized")
    expect(page.get_by_text("No patient matches")).to_be_visible()
    look.check("list-nobody")


def test_a_death_closes_the_record(patients: list[Patient], look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patients[0].pk}/care/")
    look.check("care")
    page.get_by_role("link", name="The patient died").click()
    page.get_by_label("Day of death").fill("03/05/2020")
    page.get_by_role("button", name="Record the death").click()
    expect(page.get_by_text("can be 5 March or 3 May").first).to_be_visible()
    look.check("death-error")
    page.get_by_label("Day of death").fill("3 May 2026")
    page.get_by_role("button", name="Record the death").click()
    expect(page.get_by_label("Flags").get_by_text("Died 3 May 2026")).to_be_visible()
    page.get_by_text("entered by mistake").click()
    look.check("care-deceased")
    page.goto(f"/patients/{patients[0].pk}/plans/")
    page.get_by_role("button", name="Begin a plan").click()
    expect(page.get_by_role("heading", name="This record is closed")).to_be_visible()
    look.check("closed")


def test_two_records_are_merged_and_the_merge_is_taken_back(patients: list[Patient], look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patients[0].pk}/care/")
    page.get_by_role("link", name="registered twice").click()
    look.check("merge-find")
    page.get_by_role("link", name="Marie Schultz").click()
    expect(page.get_by_text("What moves to the kept record")).to_be_visible()
    look.check("merge-preview")
    page.get_by_role("button", name="Merge: keep A-1001").click()
    expect(page.get_by_text("Everything is in this record now")).to_be_visible()
    page.goto(f"/patients/{patients[1].pk}/")
    look.check("merged-closed")
    page.get_by_role("link", name="go to the record that is kept").click()
    page.get_by_role("link", name="Care", exact=True).click()
    look.check("merge-done")
    page.get_by_role("button", name="Take the merge back").click()
    expect(page.get_by_text("Both records are in care again")).to_be_visible()


def test_a_patient_goes_to_another_hospital(patients: list[Patient], look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patients[0].pk}/care/")
    page.get_by_role("link", name="goes to another hospital").click()
    look.check("offer")
    page.get_by_label("To which hospital").select_option(label="Hospital B")
    page.get_by_label("What they need to know").fill("A woman of 49 who moves to your city in June.")
    page.get_by_role("button", name="Offer the patient").click()
    expect(page.get_by_text("Offered to Hospital B. Until")).to_be_visible()
    look.check("care-offered")
    sign_in_anew(look, "carlos@b.example")
    look.page.goto("/patients/")
    look.check("list-offer-waits")
    page.get_by_role("link", name="See the offer").click()
    page.get_by_role("link", name="Offer by Hospital A").click()
    expect(page.get_by_text("moves to your city")).to_be_visible()
    look.check("transfer-answer")
    page.get_by_label("Record number here").fill("B-77")
    page.get_by_role("button", name="Accept the patient").click()
    expect(page.get_by_text("in care here now")).to_be_visible()
    expect(page.get_by_label("Patient", exact=True).get_by_text("B-77")).to_be_visible()
    sign_in_anew(look, "alice@a.example", step=30)
    page.goto("/transfers/")
    expect(page.get_by_text("A-1001")).to_be_visible()
    look.check("transfers")


def sign_in_anew(look: Look, email: str, *, step: int = 0) -> None:
    """Another person at the same computer; a code counts once, so the same person waits for the next one."""
    look.page.context.clear_cookies()
    look.sign_in(email, code_for=time.time() + step)
