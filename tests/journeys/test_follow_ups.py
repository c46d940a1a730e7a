"""A follow-up is moved to today, its reminder arrives without a name, and it is closed."""

import subprocess
import sys
import time
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from accounts.roles import Role
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.schedule import PlannedItem
from tests.journeys.conftest import ROOT
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import House, member, registered


@pytest.fixture
def today(house: House) -> date:
    return local_day(house.a, timezone.now())


@pytest.fixture
def follow_up(house: House, today: date) -> FollowUp:
    """The last of five items in every state: it falls due in two months."""
    with transaction.atomic():
        patient = registered(house.alice)
        colleague = member("Bert Bauer", house.a, [Role.COORDINATOR])
        planned(
            house.alice,
            _item("Stability after radiation", today - timedelta(days=40), overdue_at_once=True),
            _item("Nerve conduction", today - timedelta(days=45)),
            _item("Echocardiography", today - timedelta(days=3)),
            patient=patient,
            now=timezone.now() - timedelta(days=100),
        )
        planned(
            house.alice,
            _item("FDG-PET", today + timedelta(days=9)),
            patient=patient,
            responsible=colleague.user,
            now=timezone.now(),
        )
        return planned(
            house.alice,
            _item("VEGF and blood", today + timedelta(days=60)),
            patient=patient,
            now=timezone.now(),
        )


def test_what_is_due_is_seen_in_the_hospital_and_at_the_patient(follow_up: FollowUp, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Follow-ups").click()
    look.check("follow-ups-mine")
    page.get_by_role("link", name="Everybody's").click()
    look.check("follow-ups-everybodys")
    page.get_by_role("link", name="Maria Schulz").first.click()
    page.get_by_text("Why, and what happened").last.click()
    look.check("follow-ups-patient")


def test_a_follow_up_moved_to_today_is_reminded_of_and_closed(
    served: Served, follow_up: FollowUp, today: date, look: Look
) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{follow_up.patient_id}/follow-ups/")
    page.get_by_role("link", name="Move VEGF and blood").click()
    page.get_by_label("New due date").fill("2020-01-01")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("lies in the past").first).to_be_visible()
    look.check("follow-ups-move-error")
    page.get_by_label("New due date").fill(str(today))
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("VEGF and blood is now due on")).to_be_visible()

    subprocess.run(
        [sys.executable, "manage.py", "send_reminders", "--now"],
        cwd=ROOT,
        env=served.environment,
        check=True,
    )
    mail = next(mail for mail in served.mails.newest() if mail.recipients == ("alice@a.example",))
    assert mail.subject == "4 items need you"
    assert b"Schulz" not in mail.raw

    page.get_by_role("link", name="Close VEGF and blood").click()
    look.check("follow-ups-close")
    page.get_by_label("Declined by the patient").check()
    page.get_by_role("button", name="Close the follow-up").click()
    expect(page.get_by_text("VEGF and blood is no longer waiting")).to_be_visible()


def _item(title: str, due: date, *, overdue_at_once: bool = False) -> PlannedItem:
    return item(
        title=title,
        anchored_on=due - timedelta(days=90),
        earliest=due - timedelta(days=14),
        due=due,
        latest=due + timedelta(days=30),
        overdue_at_once=overdue_at_once,
    )
