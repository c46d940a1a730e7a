"""Diagnose with live verdicts, list lesions, record treatments: with JavaScript, and without it."""

import time
from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from patients.models import Patient
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.monitoring.entries import recorded
from tests.personas import House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    with transaction.atomic():
        patient = registered(house.alice)
        recorded(patient, house.alice)
        return patient


def answer(page: Page, question: str, word: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(word, exact=True).check()


def choose(page: Page, patient: Patient, kind: str) -> None:
    page.goto(f"/patients/{patient.pk}/treatments/add/")
    page.get_by_role("link", name=kind).click()


def test_a_diagnosis_is_judged_while_it_is_answered(served: Served, patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/assessments/diagnosis/")
    verdicts = page.locator("#verdicts")
    expect(verdicts).to_contain_text("cannot be said yet")
    expect(page.get_by_text("VEGF 1450 pg/mL on 5 Jan 2026")).to_be_visible()
    answer(page, "Polyneuropathy", "Yes")
    page.get_by_label("Polyneuropathy: found").fill("May 2024")
    page.get_by_label("Polyneuropathy: evidence").fill("EMG/NCS, demyelinating")
    answer(page, "Monoclonal plasma-cell disorder", "Yes")
    answer(page, "VEGF elevated", "Yes")
    chiba = verdicts.get_by_role("region", name="Chiba criteria")
    expect(chiba).to_contain_text("Only together could these change it")
    look.check("diagnosis-form")
    answer(page, "Skin changes", "Yes")
    answer(page, "Papilledema", "No")
    expect(verdicts.get_by_role("region", name="Mayo criteria")).to_contain_text("met")
    expect(chiba).to_contain_text("Each of these alone could change it")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Diagnosis assessed.")).to_be_visible()
    expect(page.get_by_text("EMG/NCS, demyelinating")).to_be_visible()
    look.check("assessments")


def test_lesions_are_listed_one_by_one(served: Served, patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/assessments/extent/")
    page.get_by_label("Imaged by").select_option("PET-CT")
    answer(page, "Whole skeleton imaged", "Yes")
    page.get_by_label("Site").select_option("T9")
    page.get_by_label("Kind").select_option("Sclerotic")
    page.get_by_role("button", name="Add a lesion").click()
    second = page.get_by_role("group", name="Lesion 2")
    second.get_by_label("Site").select_option("Ilium")
    second.get_by_label("Side").select_option("Left")
    second.get_by_role("group", name="FDG-avid").get_by_label("Yes").check()
    second.get_by_label("SUVmax").fill("4,5")
    second.get_by_role("group", name="Biopsied").get_by_label("Yes").check()
    page.get_by_label("As many as listed").check()
    answer(page, "Clonal plasma cells in the marrow", "No")
    expect(page.locator("#verdicts")).to_contain_text("Localized")
    look.check("extent-form")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("Extent assessed.")).to_be_visible()
    expect(page.get_by_role("row", name="Left ilium")).to_contain_text("4.50")
    look.check("extent-shown")


def test_treatments_are_asked_by_their_kind(served: Served, patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    record_immunoglobulin(look.page, patient, look)
    record_radiation(look.page, look)
    record_systemic(look.page, patient, look)
    record_transplantation(look.page, patient, look)
    expect(look.page.get_by_role("heading", name="Line 2")).to_be_visible()
    look.check("treatments")


def record_immunoglobulin(page: Page, patient: Patient, look: Look) -> None:
    choose(page, patient, "Intravenous immunoglobulin")
    expect(page.get_by_text("not in POEMS syndrome")).to_be_visible()
    page.get_by_label("First day").fill("2023")
    page.get_by_label("Last day").fill("May 2024")
    look.check("treatment-ivig")
    page.get_by_role("button", name="Save").click()


def record_radiation(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Record a treatment").click()
    look.check("treatment-kind")
    page.get_by_role("link", name="Radiation").click()
    answer(page, "Intent", "Definitive")
    page.get_by_label("Field").fill("T8 to T10")
    page.get_by_label("Total dose").fill("36")
    page.get_by_label("First day").fill("6 Jan 2025")
    page.get_by_label("Last fraction").fill("7 Feb 2025")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Please confirm")).to_contain_text(
        "36 Gy lies outside 40 to 50 Gy"
    )
    look.check("treatment-radiation-asked")
    page.get_by_label("36 Gy is right").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Treatment recorded.")).to_be_visible()


def record_systemic(page: Page, patient: Patient, look: Look) -> None:
    choose(page, patient, "Systemic therapy")
    page.get_by_label("Regimen", exact=True).select_option("Bortezomib-dexamethasone")
    page.get_by_label("First day").fill("1 Sep 2025")
    page.get_by_label("Last day").fill("15 Dec 2025")
    page.get_by_label("Why it ended").select_option("Completed")
    page.get_by_label("Cycles given").fill("4")
    look.check("treatment-systemic")
    answer(page, "Does it continue the line before?", "No")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("neurotoxic")).to_be_visible()


def record_transplantation(page: Page, patient: Patient, look: Look) -> None:
    choose(page, patient, "Autologous stem-cell transplantation")
    page.get_by_label("Day 0").fill("20 Jan 2026")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("it continues line 2")
    look.check("treatment-line-asked")
    expect(page.get_by_label("Not sure")).not_to_be_checked()
    answer(page, "Does it continue the line before?", "Not sure")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nobody said that it continues this line")).to_be_visible()


@pytest.fixture
def plain(browser: Browser, served: Served) -> Iterator[Look]:
    """A browser that runs no script of ours."""
    context = browser.new_context(base_url=served.url, locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield Look(context.new_page())
    context.close()


def test_verdicts_and_rows_need_no_javascript(plain: Look, patient: Patient) -> None:
    plain.sign_in("alice@a.example", code_for=time.time())
    page = plain.page
    page.goto(f"/patients/{patient.pk}/assessments/diagnosis/")
    answer(page, "Polyneuropathy", "No")
    page.get_by_role("button", name="Show the verdicts").click()
    expect(page.get_by_role("region", name="Mayo criteria")).to_contain_text("not met")
    page.goto(f"/patients/{patient.pk}/assessments/extent/")
    page.get_by_label("Site").select_option("T9")
    page.get_by_role("button", name="Add a lesion").click()
    expect(page.get_by_role("group", name="Lesion 2")).to_be_visible()
    page.get_by_label("As many as listed").check()
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("row", name="T9")).to_be_visible()
