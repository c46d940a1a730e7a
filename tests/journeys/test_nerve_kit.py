"""A neurologic assessment: typed, contradicted, completed, corrected, and seen beside the one before."""

import time

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from patients.models import Patient
from tests.journeys.look import Look
from tests.monitoring.assessments import assessed
from tests.personas import House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    with transaction.atomic():
        patient = registered(house.alice)
        kit = {
            "grip_device": "grip_kpa",
            "grip_right": "62",
            "grip_left": "58",
            "grip_version": "Best of three",
        }
        kit |= {"onls": "6", "onls_version": "Graham 2006", "mnis7": "88", "mnis7_version": "local form"}
        kit |= {"walk_10m_s": "14.2", "walk_aid": "one_side", "walk_10m_s_version": "Usual pace"}
        assessed(patient, house.alice, on="2025-09-01", **kit)
    return patient


def test_an_assessment_is_made_by_its_questions(patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/results/")
    page.get_by_role("link", name="Neurologic assessments").click()
    look.check("nerve-list")
    page.get_by_role("link", name="New assessment").click()
    look.check("nerve-new")
    page.get_by_label("Date").fill("2026-03-02")
    answer_the_questions(page)
    page.get_by_label("ONLS", exact=True).fill("1")
    page.get_by_label("Cannot walk 10 metres").check()
    page.get_by_label("mNIS+7", exact=True).fill("71")
    page.get_by_label("mNIS+7, version").fill("0-304")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("The answers below add up to 6, the total says 1")
    expect(page.get_by_label("Cannot walk 10 metres")).to_be_checked()
    look.check("nerve-contradiction")
    page.get_by_label("ONLS", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Assessment saved.")).to_be_visible()
    expect(page.get_by_text("cannot walk", exact=True)).to_be_visible()
    expect(page.get_by_text("88 by another version (local form)")).to_be_visible()
    look.check("nerve-two")


def test_an_assessment_is_corrected(patient: Patient, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/results/nerve/")
    page.get_by_role("link", name="Correct the assessment of 1 September 2025").click()
    page.get_by_text("MRC by muscle").click()
    page.get_by_label("MRC, hip flexion, left").fill("4")
    page.get_by_label("Grip, left hand").fill("61")
    look.check("nerve-correct")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Assessment corrected")).to_be_visible()
    expect(page.get_by_role("cell", name="61 kPa")).to_be_visible()


def answer_the_questions(page: Page) -> None:
    """Arms hampered, support on both sides: 2 + 4."""
    page.get_by_text("ONLS by its questions").click()
    for task in ("Hair care", "Turning a key", "Eating with cutlery", "Dressing the upper body"):
        page.get_by_role("group", name=task).get_by_label("No difficulty").check()
    page.get_by_role("group", name="Buttons and zips").get_by_label("Difficult", exact=True).check()
    page.get_by_role("group", name="Any difficulty walking").get_by_label("Yes").check()
    page.get_by_label("What is needed to go 10 metres").select_option("Support on both sides or a frame")
