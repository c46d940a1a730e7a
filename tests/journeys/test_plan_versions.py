"""A signed plan later on: amended with what changed beside it, asked of today's guideline, withdrawn."""

import re
import time

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.journeys.look import PHONE, Look
from tests.journeys.served import Served
from tests.journeys.test_choosing import day
from tests.journeys.test_wizard_without import go_on, group
from tests.personas import PASSWORD, House, signed_in
from tests.treatment.cases import DISSEMINATED
from tests.treatment.conftest import patient_of
from tests.treatment.signed import make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan

DOSE = "lenalidomide 25 mg, days 1 to 21"
LESS = "lenalidomide 10 mg, days 1 to 21"


@pytest.fixture
def plan(served: Served, house: House) -> Plan:
    """Signed with a dose, and with two answers about supportive care."""
    with transaction.atomic():
        wizard = make_ready(Wizard(signed_in(house.alice), patient_of(house, DISSEMINATED)))
        row = {"kind": "systemic", "name": "Lenalidomide and dexamethasone", "start": day(7), "dose": DOSE}
        rows = {"treatment-TOTAL_FORMS": "1", "treatment-INITIAL_FORMS": "0"}
        wizard.post("treatments", rows | {f"treatment-0-{name}": value for name, value in row.items()})
        wizard.post(
            "supportive",
            {
                "answer-test-adrenal": "accept",
                "due-test-adrenal": day(3),
                "answer-test-echocardiography": "decline",
                "reason-test-echocardiography": "Done elsewhere in spring",
            },
        )
        return signed(wizard)


def test_a_plan_is_amended_compared_and_withdrawn(look: Look, plan: Plan) -> None:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    page.goto(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/")
    look.check("plan-that-holds")
    page.get_by_role("button", name="Amend").click()
    amend(page, look)
    look.check("amendment-to-be-signed")
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan 1, version 2")
    compare(page, look)
    page.get_by_role("link", name="Plan 1, version 2").first.click()
    ask_today(page, look)
    withdraw(page, look)
    page.get_by_role("link", name="Treatment plans").first.click()
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()
    look.check("plans-of-every-standing")


def amend(page: Page, look: Look) -> None:
    """Answer what is asked anew, with a milder neuropathy and a smaller dose, up to the signature."""
    page.get_by_label("First line").check()
    go_on(page, "Diagnosis and extent")
    go_on(page, "Fitness, nerve and blood")
    group(page, "Severity of the neuropathy now").get_by_label("Mild").check()
    group(page, "Pregnancy").get_by_label("Not pregnant").check()
    go_on(page, "Options")
    page.get_by_role("button", name="Confirm this choice").click()
    expect(page.get_by_role("heading", name="Planned treatments", level=1)).to_be_visible()
    expect(page.locator("#id_treatment-0-dose")).to_have_value(DOSE)
    page.locator("#id_treatment-0-dose").fill(LESS)
    look.check("amended-treatments")
    go_on(page, "Supportive care")
    expect(page.locator("#id_reason-test-echocardiography")).to_have_value("Done elsewhere in spring")
    look.check("amended-supportive")
    go_on(page, "Follow-up dates")
    go_on(page, "Review and sign")
    expect(page.get_by_role("heading", name="What changes")).to_be_visible()


def compare(page: Page, look: Look) -> None:
    page.get_by_role("link", name="What changed").click()
    expect(page.get_by_role("row", name="Severity of the neuropathy now")).to_contain_text("Mild")
    dose = page.get_by_role("table", name="Planned treatments").get_by_role("row", name="Lenalidomide")
    expect(dose).to_contain_text("25 mg")
    expect(dose).to_contain_text("10 mg")
    look.check("what-changed")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def ask_today(page: Page, look: Look) -> None:
    page.get_by_role("link", name=re.compile("^Today.s guideline")).click()
    expect(page.get_by_text("Nothing on this page is stored")).to_be_visible()
    look.check("todays-guideline")
    page.go_back()


def withdraw(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Withdraw").click()
    look.check("withdraw")
    page.get_by_label("Toxicity").check()
    page.locator("#id_text").fill("Neutropenia with every cycle")
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Withdraw this plan").click()
    expect(page.get_by_text("This plan is withdrawn")).to_be_visible()
    look.check("withdrawn-plan")
