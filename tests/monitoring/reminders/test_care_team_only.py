"""Where only the care team opens a record, nobody else is told of it, and no calendar shows it."""

from datetime import date

import pytest
from django.test import Client

from accounts.access import Access
from accounts.models import Membership
from accounts.roles import Role
from monitoring.follow_ups.models import FollowUp
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import lead, lines_in, sweep_and_send
from tests.personas import House, member, registered, signed_in
from tests.teams import on_team

pytestmark = pytest.mark.usefixtures("sink")


@pytest.fixture
def bea(house: House) -> Membership:
    """A clinician of the hospital who is on no team."""
    house.a.access = Access.CARE_TEAM
    house.a.save()
    house.alice.hospital = house.a
    return member("Bea Berg", house.a, [Role.CLINICIAN])


@pytest.fixture
def item(house: House, bea: Membership) -> FollowUp:
    """An item that Bea was given, of a patient whom only Alice looks after."""
    patient = registered(house.alice)
    item = planned(house.alice, patient=patient, responsible=bea.user)
    on_team(patient, house.alice, since=date(2026, 5, 1))
    return item


def test_the_team_is_told_instead_of_somebody_outside(house: House, item: FollowUp) -> None:
    sweep_and_send()
    assert lines_in(house.a) == [("due", "Alice Amann")]


def test_the_lead_clinician_is_told_as_before(house: House, bea: Membership, item: FollowUp) -> None:
    lead(house.a, bea)
    sweep_and_send()
    assert lines_in(house.a) == [("due", "Bea Berg")]


def test_hospital_wide_the_item_is_theirs_to_whom_it_was_given(house: House, item: FollowUp) -> None:
    house.a.access = Access.HOSPITAL
    house.a.save()
    sweep_and_send()
    assert lines_in(house.a) == [("due", "Bea Berg")]


def test_a_patient_without_a_team_reaches_whoever_was_given_the_item(house: House, bea: Membership) -> None:
    planned(house.alice, responsible=bea.user)
    sweep_and_send()
    assert lines_in(house.a) == [("due", "Bea Berg")]


def test_the_calendar_of_somebody_outside_is_empty(house: House, bea: Membership, item: FollowUp) -> None:
    address = signed_in(bea).post("/follow-ups/feed/").context["address"]
    feed = address.removeprefix("http://localhost:8000")
    assert b"VEVENT" not in Client().get(feed).content
    house.a.access = Access.HOSPITAL
    house.a.save()
    assert b"VEVENT" in Client().get(feed).content
