"""A visit typed by keyboard alone: asked about what is implausible, nothing lost, saved as a whole."""

import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.scope import hospital_scope
from monitoring.results.models import Result
from patients.models import Patient
from tests.journeys.keyboard import typed
from tests.journeys.look import Look
from tests.monitoring.assessments import assessed
from tests.monitoring.entries import entry, recorded
from tests.personas import House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    with transaction.atomic():
        patient = registered(house.alice)
        recorded(patient, house.alice, entry("1450"), *blood())
        assessed(patient, house.alice, onls="6", onls_version="Graham 2006", walk_10m_s="14.2")
    return patient


def blood() -> list[Any]:
    usual = {"specimen": "whole_blood", "laboratory": "House laboratory", "method": "", "upper_limit": None}
    return [
        entry("512", analyte="platelets", unit="10*9/L", **usual | {"upper_limit": Decimal(400)}),
        entry("128", analyte="hemoglobin", unit="g/L", **usual),
    ]


def test_a_visit_is_typed_without_a_mouse(house: House, patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/results/")
    look.check("results-links")
    page.get_by_role("link", name="Enter a visit").press("Enter")
    expect(page.get_by_role("heading", name="Enter a visit")).to_be_visible()
    look.check("visit-new")
    page.get_by_label("Day of the visit").fill("2026-03-02")
    page.get_by_label("Day of the visit").press("Enter")
    typed(page, "0.2", "Enter")
    expect(page.locator(":focus")).to_have_attribute("name", "platelets-value")
    typed(page, "298", "ArrowDown")
    typed(page, "131", "ArrowUp")
    expect(page.locator(":focus")).to_have_attribute("name", "platelets-value")
    typed(page, "298", "Control+Enter")
    asked(look, page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Visit saved: 3 entries.")).to_be_visible()
    assert saved_values(house) == {"hemoglobin": 131, "platelets": 298, "vegf": 620}


def test_nerve_totals_go_with_the_visit_and_who_cannot_walk_is_unable(patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/results/visit/")
    page.get_by_label("Day of the visit").fill("2026-03-02")
    page.locator("summary", has_text="Nerve").click()
    page.get_by_label("ONLS", exact=True).fill("99")
    page.get_by_label("Cannot walk 10 metres").check()
    page.get_by_role("textbox", name="VEGF", exact=True).fill("1,450")
    page.get_by_role("button", name="Save the visit").click()
    expect(page.get_by_role("alert")).to_contain_text("99 is out of range")
    expect(page.get_by_label("Cannot walk 10 metres")).to_be_checked()
    look.check("visit-errors")
    page.get_by_role("link", name="ONLS").click()
    expect(page.get_by_label("ONLS", exact=True)).to_be_focused()
    page.get_by_label("ONLS", exact=True).fill("4")
    page.get_by_label("1450", exact=True).check()
    page.get_by_role("button", name="Save the visit").click()
    expect(page.get_by_text("Visit saved: 2 entries.")).to_be_visible()
    page.get_by_role("link", name="Neurologic assessments").click()
    expect(page.get_by_text("cannot walk", exact=True)).to_be_visible()


def asked(look: Look, page: Page) -> None:
    """The implausible VEGF is asked about, everything typed is still there, and the value is mended."""
    expect(page.get_by_role("alert")).to_contain_text("0.2 pg/mL is unusual for VEGF")
    expect(page.locator("[name=hemoglobin-value]")).to_have_value("131")
    look.check("visit-asked")
    page.get_by_role("alert").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("name", "vegf-value")
    page.keyboard.press("Control+A")
    page.keyboard.type("620")


def saved_values(house: House) -> dict[str, Decimal]:
    with hospital_scope(house.a.pk, actor="test"):
        rows = Result.objects.filter(collected_on=date(2026, 3, 2))
        return {row.analyte: row.value for row in rows}
