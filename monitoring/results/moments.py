"""When something was collected: as exactly as it is known, on the clock of the hospital.

Twice a year a clock skips an hour or strikes one twice. An hour that did not exist is refused; one that came
twice is asked about. A day always exists, also where its midnight does not.

Where only a month or a year is known, ``on`` is its first day: rules and charts then read the earliest day it
can have been, and every page says *about*.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from monitoring.results.models import Precision
from patients.partial_dates import PartialDate

FIRST, SECOND = "first", "second"


@dataclass(frozen=True)
class Collected:
    """A time of collection; ``instant`` (UTC) and ``local_time`` are there for a precision of a minute."""

    on: date
    precision: Precision = Precision.DAY
    local_time: time | None = None
    instant: datetime | None = None


class MomentError(ValueError):
    """A time of collection that cannot be; the message is the sentence for the person who gave it."""


class TwoSuchTimesError(MomentError):
    """The clocks were put back over this time: ``choices`` are (first or second, how it is shown)."""

    def __init__(self, on: date, at: time, zone: ZoneInfo) -> None:
        self.choices = tuple(
            (which, f"{at:%H:%M} {_local(on, at, zone, which):%Z} ({word} the clocks were put back)")
            for which, word in ((FIRST, "before"), (SECOND, "after"))
        )
        super().__init__(
            f"{at:%H:%M} came twice on {_day(on)}: the clocks were put back. Say which one is meant."
        )


def collected_on(on: date, at: time | None, zone: ZoneInfo, *, which: str = "") -> Collected:
    """The day, with the local time ``at`` where one is known; ``which`` is first or second of two.

    Raises MomentError for a time that did not exist, TwoSuchTimesError for one that came twice.
    """
    if at is None:
        return Collected(on)
    first, second = (_local(on, at, zone, word).astimezone(UTC) for word in (FIRST, SECOND))
    if first == second:
        return Collected(on, Precision.MINUTE, at, first)
    if first.astimezone(zone).time() != at:
        raise MomentError(
            f"{at:%H:%M} did not exist on {_day(on)}: the clocks were put forward over it. "
            "Look at the time again, or leave it empty."
        )
    if which not in {FIRST, SECOND}:
        raise TwoSuchTimesError(on, at, zone)
    return Collected(on, Precision.MINUTE, at, first if which == FIRST else second)


def collected_about(day: PartialDate) -> Collected:
    """A time of collection of which the day, the month or only the year is known."""
    return Collected(day.first, Precision(day.precision))


def _local(on: date, at: time, zone: ZoneInfo, which: str) -> datetime:
    return datetime.combine(on, at.replace(tzinfo=None), tzinfo=zone).replace(fold=int(which == SECOND))


def _day(on: date) -> str:
    return f"{on:%-d %B %Y}"
