"""An admin looks at the mails, and sets who leads and when people are told."""

import re
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from accounts.roles import Role
from monitoring.follow_ups.local_days import local_day
from monitoring.reminders.models import Digest
from tests.journeys.look import Look
from tests.monitoring.follow_ups.builders import item, planned
from tests.monitoring.reminders.builders import inside
from tests.personas import House, member


@pytest.fixture
def mails(house: House) -> None:
    """One mail sent, one refused, and one to come."""
    now = timezone.now()
    today = local_day(house.a, now)
    with transaction.atomic():
        planned(
            house.alice,
            item(earliest=today, due=today, latest=today + timedelta(days=20)),
            item(earliest=today, due=today + timedelta(days=15), latest=today + timedelta(days=20)),
            now=now,
        )
        with inside(house.a):
            for days, end in ((1, {"refused_at": now, "refusal": 550}), (2, {"sent_at": now})):
                day = today - timedelta(days=days)
                Digest.objects.create(
                    hospital=house.a, recipient=house.alice.user, local_date=day, created_at=now,
                    message_id=f"<{days}@localhost>", **end,
                )  # fmt: skip


def test_an_admin_sees_the_mails_and_sets_the_days(mails: None, look: Look) -> None:
    look.sign_in("ada@a.example", code_for=time.time())
    page = look.page
    page.get_by_role("link", name="Reminders").first.click()
    expect(page.get_by_text("No lead clinician")).to_be_visible()
    look.check("reminders-log")
    page.get_by_role("link", name="Settings").click()
    page.get_by_label(re.compile(r"^\s*Told to the deputy")).fill("5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("after day 7").first).to_be_visible()
    look.check("reminders-settings-refused")
    page.get_by_label(re.compile(r"^\s*Told to the deputy")).fill("14")
    page.get_by_label(re.compile(r"^\s*Lead clinician\W*$")).select_option(label="Alice Amann")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("No lead clinician")).to_have_count(0)


def test_an_admin_sees_what_comes_back_what_is_to_come_and_what_stands_still(mails: None, look: Look) -> None:
    look.sign_in("ada@a.example", code_for=time.time())
    page = look.page
    page.goto("/hospital/reminders/")
    page.get_by_role("link", name="The mails of the next 90 days").click()
    look.check("reminders-to-come")
    page.goto("/hospital/reminders/status/")
    expect(page.get_by_text("Stands still")).to_be_visible()
    look.check("reminders-status")


def test_a_clinician_pauses_with_a_cover(house: House, look: Look) -> None:
    with transaction.atomic():
        member("Bert Bauer", house.a, [Role.COORDINATOR])
    today = local_day(house.a, timezone.now())
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto("/follow-ups/")
    page.get_by_role("link", name="Pause").click()
    page.get_by_label("Who stands in").select_option(label="Bert Bauer")
    page.get_by_label("Last day").fill(str(today + timedelta(days=31)))
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("30 days at most").first).to_be_visible()
    page.get_by_label("Last day").fill(str(today + timedelta(days=5)))
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("your reminders go to Bert Bauer").first).to_be_visible()
    look.check("reminders-pause")
