"""Days that are odd: a hospital that moves to another zone at noon, the end of February, the clocks' days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitoring.follow_ups.actions import follow_ups
from monitoring.reminders.courier import Outcome
from monitoring.reminders.models import Digest
from monitoring.reminders.sweeping import sweep
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import item, planned
from tests.monitoring.reminders.builders import DUE_MORNING, inside, send, sweep_and_send
from tests.personas import House

NOON = DUE_MORNING.replace(hour=10)  # 12:00 in Berlin
HOUR = timedelta(hours=1)


def move(house: House, zone: str) -> None:
    house.a.time_zone = zone
    house.a.save()


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland", "Europe/Lisbon"])
def test_a_hospital_that_moves_at_noon_tells_nothing_twice(
    house: House, mailbox: MailStore, zone: str
) -> None:
    planned(house.alice)
    assert sweep_and_send() == [Outcome.SENT]
    move(house, zone)
    for hours in range(48):
        sweep_and_send(NOON + hours * HOUR)
    assert len(mailbox.newest()) == 1


def test_a_hospital_that_moves_before_its_hour_is_told_at_the_new_one(
    house: House, mailbox: MailStore
) -> None:
    planned(house.alice)
    move(house, "America/Los_Angeles")
    assert sweep_and_send(NOON) == []  # 03:00 there
    assert sweep_and_send(NOON + 4 * HOUR) == [Outcome.SENT]


def test_a_hospital_that_moves_between_sweep_and_send_still_sends(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    (waiting,) = sweep(now=DUE_MORNING)
    move(house, "Pacific/Auckland")
    assert send(waiting, NOON) == [Outcome.SENT]


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2026, 3, 29), date(2026, 10, 25)])
def test_on_odd_days_one_mail_goes_out_at_seven(house: House, mailbox: MailStore, day: date) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    planned(
        house.alice, item(earliest=day, due=day, latest=day + timedelta(days=9)), now=midnight - 99 * HOUR
    )
    house.a.remind_soon_days = 0
    house.a.save()
    sent = [hours for hours in range(-2, 30) if sweep_and_send(midnight + hours * HOUR)]
    assert len(sent) == 1
    with inside(house.a):
        assert Digest.objects.get().local_date == day


def test_a_plan_withdrawn_between_sweep_and_send_tells_nothing(house: House, mailbox: MailStore) -> None:
    follow_up = planned(house.alice)
    (waiting,) = sweep(now=DUE_MORNING)
    with inside(house.a):
        follow_ups.cancel_plan(origin=follow_up.origin, note="Withdrawn.", by=house.alice, now=DUE_MORNING)
    assert (send(waiting), mailbox.newest()) == ([Outcome.NOTHING_TO_SEND], [])
