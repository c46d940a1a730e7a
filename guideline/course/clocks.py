"""Calendar time as a clinician counts it.

Months are calendar months: 31 January and one month is the last day of February, and "six months
or more" is true on the day itself. Nothing here reads a clock; every function is given its days.
"""

import calendar
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta

MONTHS_OF_A_YEAR = len([name for name in calendar.month_name if name])


@cache
def months_after(day: date, months: int) -> date:
    """The day ``months`` calendar months after ``day`` (before it, if negative)."""
    return day + relativedelta(months=months)


def whole_months(since: date, on: date) -> int:
    """How many whole calendar months ``on`` lies after ``since``: 3 from the day on which 3 have passed."""
    passed = relativedelta(on, since)
    return passed.years * MONTHS_OF_A_YEAR + passed.months


def days_after(day: date, days: int) -> date:
    """The day ``days`` days after ``day`` (before it, if negative)."""
    return day + timedelta(days=days)


def has_been_months(months: int, *, since: date, on: date) -> bool:
    """Whether ``on`` lies ``months`` calendar months or more after ``since``; true on the day itself."""
    return on >= months_after(since, months)


def has_been_days(days: int, *, since: date, on: date) -> bool:
    """Whether ``on`` lies ``days`` days or more after ``since``; true on the day itself."""
    return on >= days_after(since, days)


def touches(start: date, end: date | None, *, first: date, last: date) -> bool:
    """Whether the time from ``start`` to ``end`` (None = still running) shares a day with first..last."""
    return start <= last and (end is None or end >= first)
