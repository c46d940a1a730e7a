"""The whole course seen: lanes on one axis, read by mouse and keyboard, with bands, printed, on a phone."""

import time

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from monitoring.course.courses import course_of
from monitoring.course.presenters.words import in_words
from patients.models import Patient
from tests.journeys.look import Look
from tests.monitoring.courses import entered_case, long_course, rich_course
from tests.monitoring.entries import recorded
from tests.personas import House, registered


def drawn(page: Page, patient: Patient) -> None:
    page.goto(f"/patients/{patient.pk}/timeline/")
    expect(page.locator("#timeline[aria-busy=false] svg").first).to_be_visible()


def words_of(page: Page, lane: str = "") -> str:
    """All that is written in the chart, or in one lane."""
    where = f'[data-lane="{lane}"]' if lane else "#timeline"
    return " | ".join(page.locator(f"{where} svg text").all_text_contents())


def test_a_whole_course_is_drawn_and_switched_to_months(house: House, look: Look) -> None:
    with transaction.atomic():
        patient = rich_course(house.alice)
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    drawn(page, patient)
    assert "too early to judge, until 14 Nov 2024" in words_of(page, "pet")
    assert "Serum · Laboratory B · Luminex" in words_of(page, "vegf")
    assert "unable" in words_of(page, "walk_10m_s")
    assert "Line 2 ?" in words_of(page, "treatments")
    look.check("timeline-rich")
    page.get_by_label("Months since radiation").check()
    axis = page.locator(".timeline-axis")
    expect(axis).to_contain_text("months")
    expect(page.locator("#timeline-reading")).to_have_text("The axis counts months since radiation.")
    page.get_by_role("button", name="Zoom in").click()
    expect(page.get_by_role("button", name="Zoom out")).to_be_enabled()
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.get_by_role("button", name="Zoom out")).to_be_disabled()


def test_the_chart_says_the_same_change_as_the_table(house: House, look: Look) -> None:
    with transaction.atomic():
        patient = rich_course(house.alice)
        lines = [
            line for group in in_words(course_of(patient, on=timezone.localdate())) for line in group.lines
        ]
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    drawn(page, patient)
    reading = page.locator("#timeline-reading")
    for lane in ("onls", "m_protein", "pet"):
        page.locator(f'[data-lane="{lane}"]').focus()
        page.keyboard.press("End")
        line = next(line for line in lines if line.lane == lane)
        for trend in (line.from_baseline, line.from_best):
            if trend is not None:
                expect(reading).to_contain_text(trend.words)


@pytest.mark.parametrize(
    ("case", "lane", "written"),
    [
        ("flat-nerve-within-its-lag", "onls", "too early to judge a lack of gain, until 31 Jan 2027"),
        ("serum-in-place-of-plasma", "vegf", "Serum"),
        ("cannot-walk-any-more", "walk_10m_s", "unable"),
    ],
)
def test_a_case_of_the_guideline_is_drawn_as_it_reads(
    house: House, look: Look, case: str, lane: str, written: str
) -> None:
    with transaction.atomic():
        patient = entered_case(case, house.alice)
    look.sign_in("alice@a.example", code_for=time.time())
    drawn(look.page, patient)
    assert written in words_of(look.page, lane)
    look.page.get_by_label("Months since start of line").check()
    expect(look.page.locator(".timeline-axis")).to_contain_text("months")
    assert look.violations() == []


@pytest.mark.parametrize("number", [1, 1000])
def test_one_value_and_a_thousand_are_drawn_decently(house: House, look: Look, number: int) -> None:
    with transaction.atomic():
        if number == 1:
            patient = registered(house.alice)
            recorded(patient, house.alice)
        else:
            patient = long_course(house.alice, number)
    look.sign_in("alice@a.example", code_for=time.time())
    drawn(look.page, patient)
    look.check(f"timeline-{number}")


def test_without_a_value_the_page_says_so(house: House, look: Look) -> None:
    with transaction.atomic():
        patient = registered(house.alice)
    look.sign_in("alice@a.example", code_for=time.time())
    look.page.goto(f"/patients/{patient.pk}/timeline/")
    expect(look.page.get_by_text("Nothing to draw yet")).to_be_visible()
    look.check("timeline-empty")


def test_the_board_is_walked_by_keyboard_and_decided(house: House, look: Look) -> None:
    with transaction.atomic():
        patient = rich_course(house.alice)
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{patient.pk}/board/")
    page.get_by_label("Question to the board").fill("Second transplant or wait?")
    page.get_by_role("button", name="Put forward").click()
    expect(page.get_by_role("heading", name="Maria Schulz")).to_be_visible()
    look.check("board")
    page.keyboard.press("j")
    expect(page.locator("[data-board-case]").first).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_text("Decision recorded")).to_be_visible()
