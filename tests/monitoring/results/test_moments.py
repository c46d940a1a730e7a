"""When a specimen was taken: as exactly as it is known, on a clock that sometimes jumps."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from monitoring.results.models import Precision
from monitoring.results.moments import (
    FIRST,
    SECOND,
    MomentError,
    TwoSuchTimesError,
    collected_about,
    collected_on,
)
from patients.partial_dates import read_partial_date

BERLIN, CAIRO, HAVANA = (ZoneInfo(name) for name in ("Europe/Berlin", "Africa/Cairo", "America/Havana"))


def test_a_day_without_a_time_is_known_to_the_day() -> None:
    when = collected_on(date(2024, 2, 29), None, BERLIN)
    assert (when.on, when.precision, when.instant) == (date(2024, 2, 29), Precision.DAY, None)


def test_a_time_is_an_instant_of_the_hospital() -> None:
    when = collected_on(date(2026, 7, 1), time(8, 30), BERLIN)
    assert (when.local_time, when.instant) == (time(8, 30), datetime(2026, 7, 1, 6, 30, tzinfo=UTC))


def test_an_hour_that_was_skipped_is_refused() -> None:
    with pytest.raises(MomentError, match=r"02:30 did not exist on 29 March 2026"):
        collected_on(date(2026, 3, 29), time(2, 30), BERLIN)


@pytest.mark.parametrize("which", ["", "both"])
def test_an_hour_that_came_twice_is_asked_about(which: str) -> None:
    with pytest.raises(TwoSuchTimesError, match="came twice on 25 October 2026") as asked:
        collected_on(date(2026, 10, 25), time(2, 30), BERLIN, which=which)
    assert [shown for _, shown in asked.value.choices] == [
        "02:30 CEST (before the clocks were put back)",
        "02:30 CET (after the clocks were put back)",
    ]


def test_the_second_of_two_equal_hours_is_an_hour_later() -> None:
    first, second = (
        collected_on(date(2026, 10, 25), time(2, 30), BERLIN, which=which).instant
        for which in (FIRST, SECOND)
    )
    assert (first, second) == (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )


def test_a_day_whose_midnight_was_skipped_still_exists() -> None:
    assert collected_on(date(2024, 4, 26), None, CAIRO).on == date(2024, 4, 26)
    with pytest.raises(MomentError, match="00:00 did not exist"):
        collected_on(date(2024, 4, 26), time(0, 0), CAIRO)


def test_a_midnight_that_came_twice_is_asked_about() -> None:
    with pytest.raises(TwoSuchTimesError):
        collected_on(date(2024, 11, 3), time(0, 0), HAVANA)


@pytest.mark.parametrize(
    ("typed", "on", "precision"),
    [
        ("2024", date(2024, 1, 1), Precision.YEAR),
        ("Feb 2024", date(2024, 2, 1), Precision.MONTH),
        ("29 Feb 2024", date(2024, 2, 29), Precision.DAY),
    ],
)
def test_a_year_or_a_month_alone_begins_on_its_first_day(typed: str, on: date, precision: Precision) -> None:
    when = collected_about(read_partial_date(typed))
    assert (when.on, when.precision, when.local_time) == (on, precision, None)
