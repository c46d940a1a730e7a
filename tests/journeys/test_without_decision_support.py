"""A house with CDS_ENABLED=false: a plan in the clinician's own words, and its next version."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.journeys.test_first_day import register
from tests.personas import PASSWORD


@pytest.fixture
def switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDS_ENABLED", "false")


def test_a_plan_is_written_signed_and_replaced(switched_off: None, served: Served, look: Look) -> None:
    page = look.page
    page.goto("/")
    look.sign_in("alice@a.example", code_for=time.time())
    register(page)
    page.get_by_role("link", name="Treatment plan").click()
    look.check("off-plans-empty")
    page.get_by_role("link", name="Write a plan").click()
    page.get_by_label("Title").fill("Radiation of the left hip")
    page.locator("#id_text").fill("45 Gy in 25 fractions.\n\nVEGF every three months.")
    page.get_by_label("Your password").fill("wrong")
    page.get_by_role("button", name="Sign").click()
    look.check("off-plan-refused")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_text("It stands as it is")).to_be_visible()
    look.check("off-plan")
    page.get_by_role("link", name="Write the next version").click()
    page.locator("#id_text").fill("50 Gy in 25 fractions.")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign").click()
    page.get_by_role("link", name="Version 1, which it replaced").click()
    expect(page.get_by_text("45 Gy in 25 fractions.")).to_be_visible()
    page.get_by_role("link", name="Treatment plans").click()
    look.check("off-plans")
