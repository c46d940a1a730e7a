"""Courses from sign-in to the signed plan, each as another patient needs it; every step looked at."""

import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import PASSWORD, House, member, registered
from tests.treatment.cases import DISSEMINATED, LOCALIZED, POSSIBLY_PREGNANT, RELAPSE
from tests.treatment.wizard_driver import as_typed, flat
from treatment.wizard.steps import FROM_IDENTITY, STEPS

WHY = "No other regimen can be had; contraception is agreed."


def begin(look: Look, house: House, case: Mapping[str, Any]) -> Page:
    """Sign in, begin a plan for a patient of the case, and answer every question of it."""
    today = timezone.localdate()
    born = today.replace(year=today.year - case["patient"]["age_years"], month=1, day=1)
    with transaction.atomic():
        patient = registered(house.alice, birth_date=born, sex=case["patient"]["sex"])
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/plans/")
    page.get_by_role("button", name="Begin a plan").click()
    values = flat(case)
    for step in STEPS:
        if step.page == "questions":
            expect(page.get_by_role("heading", level=1)).to_have_text(step.title)
            for question in step.questions:
                if values.get(question) is not None and question not in FROM_IDENTITY:
                    answer(page, as_typed(question, values[question]))
            page.wait_for_load_state("networkidle")  # what is under way when one leaves complains
            go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Options")
    return page


def answer(page: Page, typed: Mapping[str, str]) -> None:
    for name, value in typed.items():
        control = page.locator(f'input[name="{name}"]')
        if control.first.get_attribute("type") in ("radio", "checkbox"):
            box = page.locator(f'input[name="{name}"][value="{value}"]')
            (box if box.count() else control.first).check()
        else:
            control.fill(value)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Next:").last.click()


def choose(page: Page, option: str) -> None:
    page.locator(f'button[name="choose"][value="{option}"]').click()
    expect(page.get_by_role("heading", name="Your choice, to be confirmed")).to_be_visible()


def confirm(page: Page) -> None:
    page.get_by_role("button", name="Confirm this choice").click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def plan_treatments(page: Page, *rows: tuple[str, str]) -> None:
    """Give each proposed treatment its first day and its dose."""
    heading(page, "Planned treatments")
    for place, (start, dose) in enumerate(rows):
        page.locator(f"#id_treatment-{place}-start").fill(start)
        page.locator(f"#id_treatment-{place}-dose").fill(dose)


def settle(page: Page, look: Look, name: str, **days: str) -> None:
    """Leave supportive care as it is, give the days to count from, and arrive at the review."""
    heading(page, "Supportive care")
    look.check(f"{name}-supportive")
    go_on(page)
    heading(page, "Follow-up dates")
    for anchor, start in days.items():
        page.locator(f"#id_{anchor}").fill(start)
    page.get_by_role("button", name="Show the dates").click()
    expect(page.get_by_role("heading", name="Reminders of the next 90 days")).to_be_visible()
    look.check(f"{name}-follow-up")
    go_on(page)
    heading(page, "Review and sign")


def sign(page: Page, look: Look, name: str) -> None:
    look.check(f"{name}-review")
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan 1")
    look.check(f"{name}-plan")


def test_one_lesion_is_irradiated_and_the_question_of_stability_is_in_the_calendar(
    look: Look, house: House
) -> None:
    page = begin(look, house, LOCALIZED)
    choose(page, "radiation")
    look.check("localized-choice")
    confirm(page)
    plan_treatments(page, (day(7), "50 Gy in 25 fractions"))
    page.get_by_role("button", name="Save, and check the doses").click()
    expect(page.get_by_text("Inside the content's range")).to_be_visible()
    look.check("localized-treatments")
    go_on(page)
    settle(page, look, "localized", last_fraction=day(42))
    expect(page.get_by_text("Stability after radiation").first).to_be_visible()
    sign(page, look, "localized")


def test_induction_then_transplantation(look: Look, house: House) -> None:
    page = begin(look, house, DISSEMINATED)
    choose(page, "lenalidomide_dex")
    page.locator("#id_then").check()
    page.locator("#id_adjunct_radiation").check()
    confirm(page)
    plan_treatments(page, (day(7), "lenalidomide 25 mg"), (day(90), ""), (day(80), "melphalan 200 mg/m²"))
    go_on(page)
    expect(page.get_by_text("cannot begin before mobilization").first).to_be_visible()
    look.check("disseminated-out-of-order")
    page.locator("#id_treatment-2-start").fill(day(120))
    go_on(page)
    settle(page, look, "disseminated")
    sign(page, look, "disseminated")
    expect(page.get_by_text("with adjunct radiation").first).to_be_visible()


def test_after_lenalidomide_another_regimen_is_chosen_by_keys(look: Look, house: House) -> None:
    page = begin(look, house, RELAPSE)
    choose(page, "other_regimen")
    page.locator("#id_name").fill("Daratumumab-cyclophosphamide-dexamethasone")
    page.locator("#id_name").blur()
    page.keyboard.press("4")
    look.check("relapse-choice")
    page.keyboard.press("Enter")
    plan_treatments(page, (day(7), "as the protocol says"))
    go_on(page)
    settle(page, look, "relapse", line_start=day(7))
    expect(page.get_by_text("No range in the content: not checked.")).to_be_visible()
    sign(page, look, "relapse")


def test_leaving_the_guideline_takes_an_option_a_reason_and_a_confirmation(look: Look, house: House) -> None:
    page = begin(look, house, DISSEMINATED)
    choose(page, "melphalan_dex")
    confirm(page)
    expect(page.get_by_text("choose the reason for leaving it").first).to_be_visible()
    look.check("leaving-choice")
    page.get_by_label("Decision of the tumour board").check()
    confirm(page)
    plan_treatments(page, (day(7), "12 cycles"))
    go_on(page)
    settle(page, look, "leaving", line_start=day(7))
    sign(page, look, "leaving")


@pytest.fixture
def second(browser: Browser, served: Served, house: House) -> Iterator[Look]:
    """The window of Bob, the other clinician of Alice's hospital."""
    with transaction.atomic():
        member("Bob Bauer", house.a, ["clinician"])
    context = browser.new_context(base_url=served.url, locale="en-GB", timezone_id="Europe/Berlin")
    context.set_default_timeout(20_000)
    look = Look(context.new_page())
    yield look
    context.close()


def test_lenalidomide_in_possible_pregnancy_waits_for_a_second_clinician(
    look: Look, second: Look, house: House
) -> None:
    page = begin(look, house, POSSIBLY_PREGNANT)
    choose(page, "lenalidomide_dex")
    page.get_by_label("Not available here").check()
    page.locator("#id_text").fill(WHY)
    look.check("pregnancy-choice")
    confirm(page)
    plan_treatments(page, (day(7), "lenalidomide 10 mg"))
    go_on(page)
    settle(page, look, "pregnancy", line_start=day(7))
    expect(page.get_by_text("Waits for a second clinician")).to_be_visible()
    expect(page.get_by_role("button", name="Sign this plan")).to_have_count(0)
    look.check("pregnancy-waits")
    confirmed_by(second)
    page.reload()
    sign(page, look, "pregnancy")
    expect(page.get_by_text("confirmed by Bob Bauer")).to_be_visible()


def confirmed_by(second: Look) -> None:
    """Bob finds the question in his own window and confirms it."""
    second.sign_in("bob@a.example", code_for=time.time())
    page = second.page
    page.goto("/confirmations/")
    second.check("pregnancy-confirmations")
    page.get_by_role("link", name="Maria Schulz").first.click()
    expect(page.get_by_text(WHY)).to_be_visible()
    second.check("pregnancy-second")
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Confirm in spite of it").click()
    expect(page.get_by_role("heading", name="Confirmed by Bob Bauer")).to_be_visible()
