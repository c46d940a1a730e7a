"""Results as a clinician meets them: entered, asked about, corrected, and given to the right patient."""

import time

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from patients.models import Patient
from tests.journeys.look import Look
from tests.personas import House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    with transaction.atomic():
        registered(house.alice, record_number="A-1002", given_name="Mario", family_name="Schultz")
        return registered(house.alice)


def test_results_from_report_to_the_right_record(look: Look, patient: Patient) -> None:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    page.goto(f"/patients/{patient.pk}/results/")
    look.check("results-empty")
    enter(page, value="1450", day="2026-01-05")
    expect(page.get_by_text("Result saved.")).to_be_visible()
    be_told_of_the_same(look)
    be_asked_about_two_of_one_day(look)
    enter_what_is_known_to_the_year(look)
    correct_as_the_laboratory_did(look)
    enter_a_scan(look)
    give_it_to_the_right_patient(look, patient)


def enter(page: Page, *, value: str, day: str) -> None:
    page.get_by_role("link", name="Enter one result").click()
    page.get_by_label("What was measured").select_option("vegf")
    page.get_by_label("Specimen").select_option("plasma")
    page.locator("#id_value").fill(value)
    page.locator("#id_unit").fill("pg/mL")
    page.get_by_label("Collected on").fill(day)
    page.locator("#id_laboratory").fill("Central laboratory")
    page.locator("#id_upper_limit").fill("96")
    page.get_by_role("button", name="Save", exact=True).click()


def be_told_of_the_same(look: Look) -> None:
    page = look.page
    enter(page, value="1450", day="2026-01-05")
    expect(page.get_by_text("This is in the record already").first).to_be_visible()
    look.check("results-same-again")
    page.get_by_role("link", name="Cancel").click()


def be_asked_about_two_of_one_day(look: Look) -> None:
    page = look.page
    enter(page, value="2100", day="2026-01-05")
    expect(page.get_by_text("differs from it by more than 30 %").first).to_be_visible()
    look.check("results-two-of-a-day")
    page.get_by_label("keep both").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("cell", name="2100 pg/mL")).to_be_visible()


def enter_what_is_known_to_the_year(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Enter one result").click()
    page.get_by_label("What was measured").select_option("platelets")
    page.get_by_label("Specimen").select_option("whole_blood")
    page.locator("#id_value").fill("610")
    page.locator("#id_unit").fill("G/L")
    page.get_by_text("Only the month or year is known").click()
    page.get_by_label("Month or year").fill("2024")
    look.check("results-form")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("cell", name="610 10⁹/L")).to_be_visible()
    look.check("results-list")


def correct_as_the_laboratory_did(look: Look) -> None:
    page = look.page
    page.get_by_role("row", name="2100 pg/mL").get_by_role("link", name="Correct").click()
    page.locator("#id_value").fill("1500")
    page.get_by_label("The report is").select_option("corrected")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("2100 pg/mL → 1500 pg/mL")).to_be_visible()
    look.check("results-detail")


def enter_a_scan(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Results", exact=True).first.click()
    page.get_by_role("link", name="PET scans").click()
    page.get_by_role("link", name="Enter a scan").click()
    page.get_by_label("Scanned on").fill("12 Jan 2026")
    for row, (site, uptake) in enumerate((("ilium", "8.2"), ("t9", "6"))):
        page.locator(f"#id_lesion-{row}-site").select_option(site)
        page.locator(f"#id_lesion-{row}-suv_max").fill(uptake)
        page.locator(f"#id_lesion-{row}-is_new").select_option("no")
    page.get_by_label("Report", exact=True).fill("Two avid lesions, none of them new.")
    page.get_by_role("button", name="Save").click()
    look.check("pet-totals-asked")
    page.get_by_label("From the lesions: sum of SUVmax 14.2").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Scan saved.")).to_be_visible()
    look.check("pet-list")


def give_it_to_the_right_patient(look: Look, patient: Patient) -> None:
    page = look.page
    page.get_by_role("link", name="Results", exact=True).first.click()
    page.get_by_role("link", name="2024 Platelets").click()
    page.get_by_role("link", name="Wrong patient…").click()
    page.get_by_label("Name or record number").fill("Shultz")
    page.get_by_role("button", name="Search").click()
    look.check("move-found")
    page.get_by_role("button", name="Choose Mario Schultz").click()
    page.get_by_label("Why does it move?").fill("The tube carried the wrong label")
    look.check("move-confirm")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("went to Mario Schultz")).to_be_visible()
    look.check("moved-away")
    page.goto("/patients/")
    page.get_by_role("link", name="Mario Schultz").click()
    page.get_by_role("link", name="Results", exact=True).first.click()
    expect(page.get_by_text("came from Maria Schulz")).to_be_visible()
    expect(page.get_by_role("cell", name="610 10⁹/L")).to_be_visible()
