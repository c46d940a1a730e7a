"""The options page as clinicians meet it: four patients, wide, dark, on a phone and on paper."""

import time
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.journeys.look import Look
from tests.personas import House
from tests.treatment.cases import DISSEMINATED, LOCALIZED, RELAPSE
from tests.treatment.conftest import patient_of
from tests.treatment.drafted import drafted

NOTHING_KNOWN: dict[str, Any] = {"line": "first", "patient": {"age_years": 44, "sex": "female"}}
CASES = {
    "localized": LOCALIZED,
    "disseminated": DISSEMINATED,
    "relapse": RELAPSE,
    "nothing-known": NOTHING_KNOWN,
}


def open_step(look: Look, house: House, case: dict[str, Any], step: str) -> Page:
    """The step of a draft that holds the case, as Alice sees it."""
    with transaction.atomic():
        patient = patient_of(house, case)
        draft = drafted(house.alice, patient, case)
    look.sign_in("alice@a.example", code_for=time.time())
    look.page.goto(f"/patients/{patient.pk}/plans/drafts/{draft.pk}/{step}/")
    return look.page


@pytest.mark.parametrize("name", CASES)
def test_the_options_of_a_case_can_be_read(name: str, look: Look, house: House) -> None:
    page = open_step(look, house, CASES[name], "options")
    look.check(f"options-{name}")
    page.get_by_text("Why?").first.click()
    page.get_by_text("with values and sources").first.click()
    expect(page.locator("details[open] .arguments").first).to_be_visible()
    page.locator("details[open] .arguments").first.get_by_text("Why?").first.click()
    look.check(f"options-{name}-unfolded")
