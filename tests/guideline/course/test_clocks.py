"""Calendar months and days."""

import pytest

from guideline.course.clocks import has_been_days, has_been_months, months_after, touches, whole_months
from tests.guideline.course.histories import day


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-03-15", -3, "2024-12-15"),
    ],
)
def test_a_month_ends_on_a_day_that_exists(start, months, end):
    assert months_after(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("on", "reached"), [("2025-07-09", False), ("2025-07-10", True), ("2025-07-11", True)]
)
def test_six_months_are_over_on_the_day_itself(on, reached):
    assert has_been_months(6, since=day("2025-01-10"), on=day(on)) is reached


@pytest.mark.parametrize(("on", "reached"), [("2025-02-20", False), ("2025-02-21", True)])
def test_days_are_over_on_the_day_itself(on, reached):
    assert has_been_days(42, since=day("2025-01-10"), on=day(on)) is reached


@pytest.mark.parametrize(
    ("start", "end", "shared"),
    [
        ("2025-03-01", "2025-03-09", False),
        ("2025-03-01", "2025-03-10", True),
        ("2025-03-20", None, True),
        ("2025-03-21", None, False),
        ("2025-01-01", None, True),
    ],
)
def test_a_time_touches_another_if_they_share_a_day(start, end, shared):
    last = None if end is None else day(end)
    assert touches(day(start), last, first=day("2025-03-10"), last=day("2025-03-20")) is shared


@pytest.mark.parametrize(
    ("on", "months"),
    [("2025-04-09", 2), ("2025-04-10", 3), ("2025-04-11", 3), ("2026-01-10", 12), ("2027-02-09", 24)],
)
def test_a_whole_month_has_passed_on_its_day(on, months):
    assert whole_months(day("2025-01-10"), day(on)) == months
