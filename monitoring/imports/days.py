"""Days of a file: read in one way, or refused. Its other days settle ``03/04/2026``, or a person does."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from patients.dates import EARLIEST

DayOrder = Literal["day", "month", ""]
ORDER_NAMES = {"day": "day before month", "month": "month before day"}
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}", re.ASCII)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
DAY_NAME_YEAR = re.compile(r"(\d{1,2})[. -]+([A-Za-z]{3,9})[. ,-]+(\d{4})", re.ASCII)
NAME_DAY_YEAR = re.compile(r"([A-Za-z]{3,9})[. ]+(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4})", re.ASCII)
STAMP = re.compile(r"(\d{8})(\d{2})(\d{2})(\d{2})?([+-]\d{4})?", re.ASCII)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?", re.ASCII)
DAY_AND_CLOCK = re.compile(
    r"(.+?)(?:[T ]|,\s*)(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
LAST_MONTH = 12
ALLOWED = "give year, month and day, as in 2026-05-03"


class DayError(ValueError):
    """What stands there is no day; the message is one sentence."""


@dataclass(frozen=True)
class SettledOrder:
    """``order`` as the days of a file tell it ("" if none does, or two disagree) and the day that told."""

    order: DayOrder
    witness: str = ""
    contradiction: str = ""


@dataclass(frozen=True)
class Moment:
    """A day, the local time if one was told, and the ``instant`` (UTC) if it came with its offset."""

    on: date
    at: time | None = None
    instant: datetime | None = None


def settle_order(texts: Iterable[str]) -> SettledOrder:
    witnesses: dict[DayOrder, str] = {}
    for text in texts:
        found = YEAR_LAST.match(text.strip())
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        if first > LAST_MONTH >= second:
            witnesses.setdefault("day", text)
        elif second > LAST_MONTH >= first:
            witnesses.setdefault("month", text)
    if not witnesses:
        return SettledOrder("")
    (order, witness), *rest = witnesses.items()
    return SettledOrder("", witness, rest[0][1]) if rest else SettledOrder(order, witness)


def read_moment(text: str, order: DayOrder, zone: ZoneInfo) -> Moment:
    """The day, with its time if the text holds one; an offset is turned into ``zone``. Raises DayError."""
    text = text.strip()
    if stamp := STAMP.fullmatch(text):
        text = f"{stamp[1]} {stamp[2]}:{stamp[3]}:{stamp[4] or '00'}{stamp[5] or ''}"
    found = DAY_AND_CLOCK.fullmatch(text)
    if found is None:
        return Moment(_read_day(text, order))
    day, at = _read_day(found[1].strip(), order), read_time(found[2])
    if not found[3]:
        return Moment(day, at)
    offset = "+00:00" if found[3] == "Z" else found[3]
    try:
        local = datetime.fromisoformat(f"{day}T{at}{offset}").astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise DayError(f"“{text[:40]}” is not a moment; {ALLOWED}, and a time as in 08:30.") from error
    return Moment(local.date(), local.time(), local.astimezone(UTC))


def read_time(text: str) -> time:
    """A time of day. Raises DayError."""
    found = CLOCK.fullmatch(text.strip().replace(",", "."))
    try:
        if found:
            return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        pass  # 25:00; the sentence below says it
    raise DayError(f"“{text[:40]}” is not a time of day; give hour and minute, as in 08:30.")


def check_day(first: date, last: date, *, born: date, today: date) -> None:
    """Raises DayError if nothing can have been collected from the patient from ``first`` to ``last``."""
    if first > today:
        raise DayError(f"{first} lies in the future; the latest day allowed is today.")
    if first < EARLIEST:
        raise DayError(f"{first} is too early; the year must be 1900 or later.")
    if last < born:
        raise DayError(f"{last} is before the patient was born; check the year and the record number.")


def _read_day(text: str, order: DayOrder) -> date:
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return _existing(text, int(found[1]), int(found[2]), int(found[3]))
    if found := YEAR_LAST.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        day, month = _by_order(text, first, second, order)
        return _existing(text, int(found[4]), month, day)
    if found := DAY_NAME_YEAR.fullmatch(text):
        return _existing(text, int(found[3]), _month(text, found[2]), int(found[1]))
    if found := NAME_DAY_YEAR.fullmatch(text):
        return _existing(text, int(found[3]), _month(text, found[1]), int(found[2]))
    if SHORT_YEAR.fullmatch(text):
        raise DayError(f"“{text[:40]}” has a year of two digits; {ALLOWED}.")
    raise DayError(f"“{text[:40]}” is not a day; {ALLOWED}.")


def _by_order(text: str, first: int, second: int, order: DayOrder) -> tuple[int, int]:
    """Day and month of the first two numbers."""
    if first == second or (first > LAST_MONTH and order != "month"):
        return first, second
    if second > LAST_MONTH and order != "day":
        return second, first
    if order:
        return (first, second) if order == "day" else (second, first)
    raise DayError(
        f"“{text}” can be {first} {calendar.month_name[second]} or {second} {calendar.month_name[first]}, "
        "and no other day of the file tells which; choose the order of day and month under Columns."
    )


def _month(text: str, name: str) -> int:
    month = MONTHS.get(name.lower())
    if month is None:
        raise DayError(f"“{text[:40]}” names no month in English; {ALLOWED}.")
    return month


def _existing(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        pass  # the calendar refuses; say what it refuses
    if not 1 <= month <= LAST_MONTH:
        raise DayError(f"“{text[:40]}” names a month that does not exist; {ALLOWED}.")
    raise DayError(f"“{text[:40]}” names a day that does not exist in that month; {ALLOWED}.")
