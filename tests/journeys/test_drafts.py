"""A draft in several hands: left and resumed, in two tabs, in two rooms, on a phone."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.scope import enter_hospital
from patients.actions import corrections
from patients.models import FitnessAssessment, Patient
from tests.journeys.look import PHONE, Look
from tests.journeys.served import Served
from tests.journeys.test_wizard_without import RELAPSE, begin, go_on, group
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, PASSWORD, House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    with transaction.atomic():
        return registered(house.alice)


@pytest.fixture
def browser_of(browser: Browser, served: Served) -> Iterator[Callable[[], Look]]:
    """Open another machine's browser; every one must end without complaints."""
    looks: list[Look] = []

    def opened() -> Look:
        context = browser.new_context(base_url=served.url, locale="en-GB", timezone_id="Europe/Berlin")
        context.set_default_timeout(20_000)
        looks.append(Look(context.new_page()))
        return looks[-1]

    yield opened
    complaints = [look.complaints for look in looks]
    for look in looks:
        look.page.context.close()
    assert complaints == [[] for _ in looks]


def test_a_draft_is_resumed_elsewhere_after_the_browser_died_in_step_4(
    browser_of: Callable[[], Look], patient: Patient, house: House
) -> None:
    assess_severity(patient, house, days_ago=120)
    first = browser_of()
    page = begin(first, patient)
    page.get_by_label(RELAPSE).check()
    go_on(page, "Diagnosis and extent")
    go_on(page, "Fitness, nerve and blood")
    first.check("wizard-older-value")
    severity = group(page, "Severity of the neuropathy now")
    severity.get_by_label("None", exact=True).focus()
    page.keyboard.press("s")
    expect(severity.get_by_label("Moderate")).to_be_checked()
    expect(severity.get_by_label("Moderate")).to_be_focused()
    expect(page.locator("#answered")).to_contain_text("1 of")
    go_on(page, "Options")
    page.context.close()

    second = browser_of()
    page = second.page
    second.sign_in("alice@a.example", code_for=time.time() + 30)
    page.get_by_role("link", name="Drafts", exact=True).click()
    second.check("drafts")
    page.get_by_role("link", name="Fitness, nerve and blood").click()
    expect(group(page, "Severity of the neuropathy now").get_by_label("Moderate")).to_be_checked()
    go_on(page, "Options")
    settle_and_sign(second, patient, house)


def settle_and_sign(look: Look, patient: Patient, house: House) -> None:
    page = look.page
    choose_and_date(page)
    measure_hemoglobin(patient, house, "9.1")
    page.reload()
    look.check("wizard-newer")
    page.get_by_role("button", name=re.compile("Take over.*Hemoglobin")).click()
    expect(page.get_by_role("heading", name="Signature")).to_be_visible()
    page.get_by_label("Severity of the neuropathy now").check()
    look.check("wizard-write-back")
    measure_hemoglobin(patient, house, "8.2")
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_text("Nothing was signed: this changed")).to_be_visible()
    look.check("wizard-unseen")
    page.get_by_role("button", name=re.compile("Keep.*Hemoglobin")).click()
    page.get_by_label("Severity of the neuropathy now").check()
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan 1")


def test_two_tabs_and_a_colleague_are_told(
    browser_of: Callable[[], Look], patient: Patient, house: House
) -> None:
    look = browser_of()
    page = begin(look, patient)
    page.get_by_label(RELAPSE).check()
    go_on(page, "Diagnosis and extent")
    other = page.context.new_page()
    other.goto(page.url)
    with page.expect_response(lambda response: response.url.endswith("/answer/")):
        group(page, "Papilledema").get_by_label("Yes", exact=True).check()
    with other.expect_response(lambda response: response.url.endswith("/answer/")):
        group(other, "Papilledema").get_by_label("No", exact=True).check()
    expect(group(other, "Papilledema")).to_contain_text("answered “Yes”")
    other.close()
    page.get_by_role("link", name="Leave; the draft stays").click()
    page.get_by_text("Hand it over").click()
    look.check("draft-hand-over")


def test_a_plan_is_made_and_signed_on_a_phone(browser_of: Callable[[], Look], patient: Patient) -> None:
    look = browser_of()
    page = begin(look, patient)
    page.set_viewport_size(PHONE)
    page.get_by_label(RELAPSE).check()
    go_on(page, "Diagnosis and extent")
    group(page, "Papilledema").get_by_label("Yes", exact=True).check()
    go_on(page, "Fitness, nerve and blood")
    go_on(page, "Options")
    choose_and_date(page)
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan 1")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def choose_and_date(page: Page) -> None:
    page.locator("#option-melphalan_dex").get_by_role("button", name="Choose").click()
    page.get_by_label("The patient's preference").check()
    page.get_by_role("button", name="Confirm this choice").click()
    go_on(page, "Supportive care")
    go_on(page, "Follow-up dates")
    page.get_by_label("Planned start of treatment").fill(timezone.now().date().isoformat())
    page.get_by_role("button", name="Show the dates").click()
    go_on(page, "Review and sign")


def assess_severity(patient: Patient, house: House, *, days_ago: int) -> None:
    values = {
        "assessed_on": timezone.localdate() - timedelta(days=days_ago),
        "neuropathy_severity": "moderate",
    }
    with transaction.atomic():
        enter_hospital(house.a.pk)
        corrections.add(
            FitnessAssessment, patient=patient, values=values, submission=uuid4(), by=house.alice, now=NOW
        )


def measure_hemoglobin(patient: Patient, house: House, value: str) -> None:
    today = timezone.localdate().isoformat()
    report = entry(value, today, analyte="hemoglobin", unit="g/dL", upper_limit=None, method="")
    with transaction.atomic():
        enter_hospital(house.a.pk)
        recorded(patient, house.alice, report)
