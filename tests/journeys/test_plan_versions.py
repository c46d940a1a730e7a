"""A signed plan later on: amended with what changed beside it, asked of today's guideline, withdrawn."""

import re
import time

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import PASSWORD, House, signed_in
from tests.treatment.cases import DISSEMINATED
from tests.treatment.conftest import patient_of
from tests.treatment.signed import make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan


@pytest.fixture
def plan(served: Served, house: House) -> Plan:
    with transaction.atomic():
        patient = patient_of(house, DISSEMINATED)
        return signed(make_ready(Wizard(signed_in(house.alice), patient)))


def test_a_plan_is_amended_compared_and_withdrawn(look: Look, plan: Plan) -> None:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    page.goto(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/")
    look.check("plan-that-holds")
    page.get_by_role("button", name="Amend").click()
    amend(page)
    look.check("amendment-to-be-signed")
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan 1, version 2")
    page.get_by_role("link", name="What changed").click()
    expect(page.get_by_role("row", name="Severity")).to_contain_text("Mild")
    look.check("what-changed")
    page.go_back()
    page.get_by_role("link", name=re.compile("^Today.s guideline")).click()
    expect(page.get_by_text("Nothing on this page is stored")).to_be_visible()
    look.check("todays-guideline")
    page.go_back()
    withdraw(page, look)
    page.get_by_role("link", name="Treatment plans").first.click()
    look.check("plans-of-every-standing")
    assert look.complaints == []


def amend(page: Page) -> None:
    """Answer what is asked anew, with a milder neuropathy, up to the signature."""
    page.get_by_label("First line").check()
    go_on(page)
    go_on(page)
    page.locator("#question-neuropathy-severity").get_by_label("Mild").check()
    page.locator("#question-patient-pregnancy").get_by_label("Not pregnant").check()
    go_on(page)
    page.get_by_role("button", name="Confirm this choice").click()
    go_on(page)
    expect(page.get_by_role("heading", name="What changes")).to_be_visible()


def withdraw(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Withdraw").click()
    look.check("withdraw")
    page.get_by_label("Toxicity").check()
    page.locator("#id_text").fill("Neutropenia with every cycle")
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Withdraw this plan").click()
    expect(page.get_by_text("This plan is withdrawn")).to_be_visible()
    look.check("withdrawn-plan")


def go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Next")).first.click()
