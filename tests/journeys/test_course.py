"""A course seen: values entered by hand, drawn on a log axis, read by keyboard, printed."""

import time
from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import Membership
from monitoring.results.actions import results
from patients.actions import record
from patients.models import Patient
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.monitoring.entries import entry
from tests.personas import NOW, House, registered

PLASMA = [
    ("2023-03-02", "452", ""),
    ("2023-05-20", "510", ""),
    ("2023-09-11", "338", ""),
    ("2024-02-05", "361", ""),
    ("2024-04-18", "120", ""),
    ("2024-07-22", "64", ""),
    ("2024-07-22", "71", ""),
    ("2024-10-30", "31", "<"),
    ("2025-01-27", "0", ""),
    ("2025-04-28", "31", "<"),
    ("2025-08-04", "44", ""),
]
SERUM = [("2025-11-10", "540", ""), ("2026-02-09", "612", ""), ("2026-04-20", "2000", ">")]


@pytest.fixture
def patient(house: House) -> Patient:
    with transaction.atomic():
        patient = registered(house.alice)
        fill(patient, house.alice)
    return patient


def fill(patient: Patient, by: Membership) -> None:
    """Radiation that did not hold, a transplant after induction, then another laboratory."""
    given = [
        ("ivig", "Immunoglobulin", date(2022, 9, 1), date(2023, 2, 1), "other"),
        ("radiation", "50 Gy to T9", date(2023, 3, 6), date(2023, 4, 14), "completed"),
        ("systemic", "Lenalidomide-dexamethasone", date(2024, 2, 12), date(2024, 5, 20), "completed"),
        ("asct", "Melphalan 200 mg/m² and transplant", date(2024, 6, 10), date(2024, 6, 12), "completed"),
        ("systemic", "Lenalidomide-dexamethasone", date(2026, 2, 20), None, ""),
    ]
    for kind, name, start, end, why in given:
        values = {"kind": kind, "name": name, "started_on": start, "ended_on": end, "stop_reason": why}
        record.give_treatment(patient=patient, values=values, submission=uuid4(), by=by, now=NOW)
    serum = {"specimen": "serum", "laboratory": "Laboratory B", "method": "Luminex", "upper_limit": 1000}
    plasma = [entry(value, on, comparator=sign) for on, value, sign in PLASMA]
    later = [entry(value, on, comparator=sign, **serum) for on, value, sign in SERUM]
    results.record(patient=patient, entries=plasma + later, submission=uuid4(), by=by, now=NOW)


def drawn(page: Page, patient: Patient) -> None:
    page.goto(f"/patients/{patient.pk}/timeline/")
    expect(page.locator("#timeline[aria-busy=false] svg").first).to_be_visible()


def test_a_course_is_drawn_with_real_numbers_zero_and_bounds(patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    drawn(look.page, patient)
    texts = look.page.locator("#timeline svg text").all_text_contents()
    assert {"100", "1000", "0", "<31", ">2000", "50 Gy to T9"} <= set(texts)
    look.check("timeline")


def test_the_course_is_read_by_keyboard(patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    drawn(page, patient)
    vegf = page.get_by_role("application", name="Chart of VEGF, 14 values")
    vegf.focus()
    page.keyboard.press("End")
    reading = page.locator("#timeline-reading")
    expect(reading).to_contain_text("20 April 2026. VEGF >2000 pg/mL, upper limit 1000 pg/mL")
    expect(page.locator(".timeline-card")).to_contain_text("20 April 2026")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    expect(reading).to_contain_text("1 September 2022. Start of treatment. Immunoglobulin")
    page.keyboard.press("Escape")
    expect(reading).to_be_empty()


def test_a_value_is_entered_asked_about_and_drawn(served: Served, patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/results/new/")
    look.check("result-new")
    page.get_by_label("Value", exact=False).first.fill("1,450")
    page.get_by_label("Unit").fill("ng/L")
    page.get_by_label("Specimen").select_option("Serum")
    page.get_by_label("Laboratory").fill("laboratory b")
    page.get_by_label("Method").fill("Luminex")
    page.get_by_label("Collected on").fill("2026-04-27")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("one thousand four hundred fifty or 1.45")
    look.check("result-two-readings")
    page.get_by_label("1450", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Result saved.")).to_be_visible()
    look.check("results")
    drawn(page, patient)
    expect(page.locator(".timeline-card")).to_be_hidden()
    expect(page.get_by_role("link", name="4 values of VEGF as a table")).to_be_visible()
