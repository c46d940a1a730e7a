"""Options, the panel beside the questions and what-if: wide, dark, on a phone and on paper."""

import re
import time
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.journeys.look import PHONE, Look
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


def test_the_panel_follows_the_answers(look: Look, house: House) -> None:
    page = open_step(look, house, NOTHING_KNOWN, "disease")
    panel = page.get_by_role("complementary", name="What the answers lead to")
    expect(panel).to_contain_text("Undetermined")
    marrow = page.get_by_role("group", name="Clonal plasma cells in the marrow")
    marrow.get_by_label("Yes", exact=True).check()
    expect(panel).to_contain_text("was Undetermined")
    expect(page.locator("#live-said")).to_contain_text("Extent is now Disseminated, was Undetermined.")
    look.check("panel-changed")
    page.set_viewport_size(PHONE)
    page.locator(".live-fold > summary").click()
    expect(page.locator("#live-body")).to_be_visible()
    look.check("panel-unfolded")
    page.set_viewport_size(PHONE)
    marrow.get_by_label("No", exact=True).check()
    expect(panel).to_contain_text("was Disseminated")
    expect(page.locator("#live-body")).to_be_visible()


def test_what_if_is_tried_and_left(look: Look, house: House) -> None:
    page = open_step(look, house, LOCALIZED, "options")
    page.get_by_text("Why? extent").click()
    page.get_by_role("link", name="what if?").first.click()
    expect(page).to_have_url(re.compile("/what-if/#fact-extent-bone_lesion_count$"))
    look.check("what-if-begun")
    page.get_by_label("Clonal plasma cells in the marrow").select_option("true")
    result = page.locator("#what-if-result")
    expect(result).to_contain_text("Systemic treatment")
    expect(result).to_contain_text("Excluded")
    look.check("what-if-live")
    page.get_by_label("Pregnancy").select_option("yes")
    expect(result).to_contain_text("cannot stand together")
    page.get_by_label("Pregnancy").select_option("unknown")
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator("#fact-extent-clonal_marrow_plasma_cells")).to_contain_text("really: No")
    look.check("what-if")
    page.get_by_role("link", name="Back to the options").first.click()
    expect(page.locator("#option-radiation")).to_contain_text("Preferred")


def test_a_missing_fact_leads_to_its_question(look: Look, house: House) -> None:
    page = open_step(look, house, NOTHING_KNOWN, "options")
    page.locator("#missing").get_by_role("link", name="Clonal plasma cells in the marrow").click()
    question = page.get_by_role("group", name="Clonal plasma cells in the marrow")
    expect(question).to_be_in_viewport()
    expect(question.get_by_role("radio").first).to_be_focused()
