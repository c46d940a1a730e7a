"""From which moment of which day a hospital's digest may go out."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Hospital
from monitoring.reminders.local_hours import digest_day

BERLIN, LISBON = "Europe/Berlin", "Europe/Lisbon"
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def hospital(zone: str, hour: int = 7) -> Hospital:
    return Hospital(name="Hospital", time_zone=zone, digest_hour=hour)


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "first_utc_hour"),
    [
        (BERLIN, date(2026, 1, 15), 6),
        (BERLIN, date(2026, 7, 15), 5),
        (BERLIN, SPRING, 5),
        (BERLIN, AUTUMN, 6),
        (LISBON, date(2026, 1, 15), 7),
        (LISBON, date(2026, 7, 15), 6),
        (LISBON, SPRING, 6),
        (LISBON, AUTUMN, 7),
    ],
)
def test_the_hour_is_that_of_the_hospitals_clock(zone: str, day: date, first_utc_hour: int) -> None:
    assert digest_day(hospital(zone), utc(day, first_utc_hour - 1, 59)) is None
    assert digest_day(hospital(zone), utc(day, first_utc_hour)) == day


def test_an_hour_that_the_clocks_skip_counts_from_the_next() -> None:
    two_o_clock = hospital(BERLIN, hour=2)
    assert digest_day(two_o_clock, utc(SPRING, 0, 59)) is None
    assert digest_day(two_o_clock, utc(SPRING, 1)) == SPRING


def test_an_hour_that_comes_twice_belongs_to_one_day() -> None:
    two_o_clock = hospital(BERLIN, hour=2)
    assert [digest_day(two_o_clock, utc(AUTUMN, hour)) for hour in (0, 1)] == [AUTUMN, AUTUMN]


def test_a_missed_hour_can_be_made_up_until_midnight_and_not_after() -> None:
    berlin = hospital(BERLIN)
    assert digest_day(berlin, utc(date(2026, 1, 15), 22, 59)) == date(2026, 1, 15)
    assert digest_day(berlin, utc(date(2026, 1, 15), 23)) is None


def test_the_first_hour_of_the_day_has_always_come() -> None:
    assert digest_day(hospital(LISBON, hour=0), utc(date(2026, 1, 15), 0)) == date(2026, 1, 15)
