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
from accounts.scope import enter_hospital
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.schedule import PlannedItem
from tests.journeys.conftest import ROOT
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.monitoring.entries import entry, recorded
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


def test_a_postponed_event_a_new_item_and_a_colleague_who_leaves(
    follow_up: FollowUp, today: date, look: Look
) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{follow_up.patient_id}/follow-ups/")
    page.get_by_role("link", name="Move it").last.click()
    page.get_by_label("New day of the event").fill(str(today - timedelta(days=20)))
    page.get_by_role("button", name="Show what would move").click()
    look.check("follow-ups-event-preview")
    page.get_by_role("button", name="Move 1 follow-up").click()
    expect(page.get_by_text("to take it back, move the event to")).to_be_visible()

    page.get_by_role("link", name="Add a follow-up").click()
    page.get_by_label("What is to be done").select_option("other")
    page.get_by_label("Due date").fill(str(today + timedelta(days=4)))
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Say what is to be done.").first).to_be_visible()
    look.check("follow-ups-new-refused")
    page.get_by_label("In your words").fill("Hearing test")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Hearing test is due on")).to_be_visible()

    page.goto("/follow-ups/people/")
    look.check("follow-ups-answering")
    page.get_by_role("link", name="Hand over what Bert").click()
    look.check("follow-ups-hand-over")
    page.get_by_label("Who takes over").select_option(label="Alice Amann")
    page.get_by_role("button", name="Hand over what is ticked").click()
    expect(page.get_by_text("1 follow-up goes from Bert Bauer to Alice Amann.")).to_be_visible()


def test_the_calendar_by_keyboard_and_a_feed(follow_up: FollowUp, today: date, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto("/follow-ups/calendar/?who=all")
    look.check("follow-ups-calendar")
    page.locator("td[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    expect(page.get_by_role("heading", name=f"{following:%B %Y}")).to_be_visible()
    page.goto("/follow-ups/feed/")
    page.get_by_role("button", name="Open a feed").click()
    look.check("follow-ups-feed")


def test_a_result_closes_its_item_and_a_person_opens_it_again(
    house: House, follow_up: FollowUp, today: date, look: Look
) -> None:
    with transaction.atomic():
        enter_hospital(house.a.pk)
        day = str(today + timedelta(days=50))
        recorded(follow_up.patient, house.alice, entry(on=day))
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto(f"/patients/{follow_up.patient_id}/follow-ups/")
    page.get_by_role("link", name="Which result").first.click()
    look.check("follow-ups-closed-by")
    page.get_by_role("button", name="Does not belong to it").click()
    expect(page.get_by_text("VEGF and blood is expected again.")).to_be_visible()


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
