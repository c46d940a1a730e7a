"""The whole course seen: lanes on one axis, read by mouse and keyboard, with bands, printed, on a phone."""

import time

from django.db import transaction
from playwright.sync_api import Page, expect

from patients.models import Patient
from tests.journeys.look import Look
from tests.monitoring.courses import rich_course
from tests.personas import House


def drawn(page: Page, patient: Patient) -> None:
    page.goto(f"/patients/{patient.pk}/timeline/")
    expect(page.locator("#timeline[aria-busy=false] svg").first).to_be_visible()


def test_a_whole_course_is_drawn(house: House, look: Look) -> None:
    with transaction.atomic():
        patient = rich_course(house.alice)
    look.sign_in("alice@a.example", code_for=time.time())
    drawn(look.page, patient)
    look.check("timeline-rich")
