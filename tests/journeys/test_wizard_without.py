"""The wizard without what some people lack: JavaScript, or a mouse."""

import time
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from patients.models import Patient
from tests.journeys.keyboard import press, tab_to
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import PASSWORD, House, registered

RELAPSE = "Relapse: progression or insufficient response after systemic therapy"


@pytest.fixture
def patient(house: House) -> Patient:
    with transaction.atomic():
        return registered(house.alice)


@pytest.fixture
def plain(browser: Browser, served: Served) -> Iterator[Look]:
    """A browser that runs no script of ours."""
    context = browser.new_context(base_url=served.url, locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield Look(context.new_page())
    context.close()


def test_a_plan_is_made_and_signed_without_javascript(plain: Look, patient: Patient) -> None:
    page = begin(plain, patient)
    page.get_by_label(RELAPSE).check()
    go_on(page, "Diagnosis and extent")
    group(page, "Polyneuropathy").get_by_label("Yes", exact=True).check()
    go_on(page, "Fitness, nerve and blood")
    group(page, "Pregnancy").get_by_label("Not pregnant").check()
    go_on(page, "Options")
    page.locator("#option-melphalan_dex").get_by_role("button", name="Choose").click()
    page.get_by_label("The patient's preference").check()
    page.get_by_role("button", name="Confirm this choice").click()
    go_on(page, "Supportive care")
    go_on(page, "Follow-up dates")
    page.get_by_label("Planned start of treatment").fill(timezone.now().date().isoformat())
    page.get_by_role("button", name="Show the dates").click()
    go_on(page, "Review and sign")
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan 1")
    page.get_by_role("link", name="Follow-up", exact=True).click()
    expect(page.get_by_role("link", name="Move").first).to_be_visible()


def test_a_plan_is_made_and_signed_by_keyboard_alone(look: Look, patient: Patient) -> None:
    page = begin(look, patient)
    arrow_to(page, page.get_by_role("radio").first, page.get_by_label(RELAPSE))
    press(page, next_button(page))
    expect(page.get_by_role("heading", name="Diagnosis and extent", level=1)).to_be_visible()
    answer_by_space(page, group(page, "Polyneuropathy").get_by_role("radio").first)
    press(page, next_button(page))
    press(page, next_button(page))
    expect(page.get_by_role("heading", name="Options", level=1)).to_be_visible()
    press(page, page.locator("#option-melphalan_dex").get_by_role("button", name="Choose"))
    arrow_to(page, page.locator("input[name=reason]").first, page.get_by_label("The patient's preference"))
    press(page, page.get_by_role("button", name="Confirm this choice"))
    for title in ("Planned treatments", "Supportive care"):
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        press(page, next_button(page))
    expect(page.get_by_role("heading", name="Follow-up dates", level=1)).to_be_visible()
    start = page.get_by_label("Planned start of treatment")
    tab_to(page, start)
    start.fill(timezone.now().date().isoformat())  # which part comes first is the browser's affair
    press(page, page.get_by_role("button", name="Show the dates"))
    press(page, page.get_by_role("link", name="Skip the examinations"))
    press(page, next_button(page))
    tab_to(page, page.locator("#id_secret"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan 1")


def begin(look: Look, patient: Patient) -> Page:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    page.goto(f"/patients/{patient.pk}/plans/")
    page.get_by_role("button", name="Begin a plan").click()
    expect(page.get_by_role("heading", name="Position in the course", level=1)).to_be_visible()
    return page


def group(page: Page, question: str) -> Locator:
    return page.get_by_role("group", name=question, exact=True)


def next_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Next:")


def go_on(page: Page, title: str) -> None:
    next_button(page).click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def arrow_to(page: Page, first: Locator, wanted: Locator) -> None:
    """Reach a group of radio buttons and move to the wanted one by arrow keys."""
    tab_to(page, first)
    while not wanted.is_checked():
        page.keyboard.press("ArrowDown")


def answer_by_space(page: Page, radio: Locator) -> None:
    """Choose with the space bar; the answer is stored at once and the focus stays."""
    tab_to(page, radio)
    with page.expect_response(lambda response: response.url.endswith("/answer/")):
        page.keyboard.press("Space")
    expect(radio).to_be_focused()
