"""A month of follow-ups as weeks and days: plain data for the calendar page."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitoring.follow_ups.presenters import FollowUpRow

FIRST_YEAR, LAST_YEAR = 1900, 2200
SHOWN_A_DAY = 6
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Day:
    """``rows`` are the first SHOWN_A_DAY items due that day; ``more`` is how many else there are."""

    day: date
    in_month: bool
    is_today: bool
    rows: tuple[FollowUpRow, ...]
    more: int


@dataclass(frozen=True)
class Month:
    first: date
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def previous(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def following(self) -> str:
        return f"{self.first + timedelta(days=31):%Y-%m}"

    @property
    def is_empty(self) -> bool:
        return not any(day.rows for week in self.weeks for day in week)


def month_asked(text: str, *, on: date) -> date:
    """The first day of the month that ``2026-06`` names; of the month of ``on`` for anything else."""
    match = _MONTH.fullmatch(text)
    if match:
        year, month = int(match[1]), int(match[2])
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= len(calendar.month_name) - 1:
            return date(year, month, 1)
    return on.replace(day=1)


def days_shown(first: date) -> tuple[date, date]:
    """From the Monday of the month's first week to the Sunday of its last."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return weeks[0][0], weeks[-1][-1]


def month_of(first: date, rows: Sequence[FollowUpRow], *, on: date) -> Month:
    """The month that begins with ``first``, with the rows on their due days, most pressing first."""
    by_day: dict[date, list[FollowUpRow]] = {}
    for row in rows:
        by_day.setdefault(row.follow_up.due, []).append(row)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first,
        tuple(
            tuple(
                Day(
                    day=day,
                    in_month=day.month == first.month,
                    is_today=day == on,
                    rows=tuple(by_day.get(day, [])[:SHOWN_A_DAY]),
                    more=max(len(by_day.get(day, [])) - SHOWN_A_DAY, 0),
                )
                for day in week
            )
            for week in weeks
        ),
    )
