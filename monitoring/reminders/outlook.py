"""Which reminders the coming days will bring, as things stand: who will be told, when, and why.

Pure: it computes with the same stages and recipients as the sweep, day by day ahead. Nothing of it is stored;
what goes out is computed anew on its day.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from monitoring.follow_ups.stages import ONE_DAY, Stage
from monitoring.reminders.lines import Line, line_of
from monitoring.reminders.matters import Coming
from monitoring.reminders.recipients import Recipients

HORIZON = timedelta(days=90)
GoesOut = Callable[[date], bool]


@dataclass(frozen=True)
class Expected:
    """On ``day`` the person will be told that ``what`` has reached ``stage``."""

    day: date
    person_id: UUID
    stage: Stage
    what: Coming


@dataclass(frozen=True)
class ExpectedMail:
    """One digest to come: to whom, on which day, and each item with the stage it will have reached."""

    day: date
    name: str
    items: tuple[tuple[Coming, Stage], ...]

    @property
    def why(self) -> str:
        """``2 due, 1 coming up``: the reasons without what they are about."""
        stages = [stage for _, stage in self.items]
        told = [(stage, stages.count(stage)) for stage in reversed(Stage) if stage in stages]
        return ", ".join(f"{count} {stage.label[0].lower()}{stage.label[1:]}" for stage, count in told)


def expected(
    coming: Iterable[Coming],
    *,
    recipients: Recipients,
    first: date,
    last: date,
    goes_out: GoesOut,
    told: Collection[Line] = (),
) -> list[Expected]:
    """Every line of the digests from ``first`` to ``last``, by day; each is told once.

    ``goes_out`` says on which days mails leave; what falls on another day waits for the next. ``told`` are
    the lines that went out already.
    """
    found = [
        line
        for what in coming
        for line in _of_one(what, recipients, _days(what, first, goes_out), told)
        if line.day <= last
    ]
    return sorted(found, key=lambda line: (line.day, line.person_id))


def by_mail(lines: Iterable[Expected], names: Mapping[UUID, str]) -> list[ExpectedMail]:
    """The lines as the mails they will be; ``lines`` in the order of ``expected``."""
    return [
        ExpectedMail(day, names[person], tuple((line.what, line.stage) for line in of_mail))
        for (day, person), of_mail in groupby(lines, key=lambda line: (line.day, line.person_id))
    ]


def _of_one(
    what: Coming, recipients: Recipients, days: Iterable[date], told: Collection[Line]
) -> Iterator[Expected]:
    seen: set[Line] = set()
    for day in days:
        matter = what.on(day)
        if matter is None:
            continue
        for stage, person in recipients.of(matter, on=day).people:
            line = line_of(matter, stage, person)
            if line not in seen and line not in told:
                seen.add(line)
                yield Expected(day, person, stage, what)


def _days(what: Coming, first: date, goes_out: GoesOut) -> list[date]:
    """The days on which mails leave that are the first of one of its stages, and the first day of all."""
    return sorted({next_mailing(max(day, first), goes_out) for day in what.turning_days()})


def next_mailing(day: date, goes_out: GoesOut) -> date:
    """``day``, or the first one after it on which mails leave."""
    while not goes_out(day):
        day += ONE_DAY
    return day
