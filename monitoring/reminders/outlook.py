"""Which reminders the coming days will bring, as things stand: who will be told, when, and why.

Pure: it computes with the same stages and recipients as the sweep, day by day ahead. Nothing of it is stored;
what goes out is computed anew on its day.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.queries import DueItem
from monitoring.follow_ups.stages import ONE_DAY, Stage, Timing, overdue_from, stages_on
from monitoring.reminders.lines import Line
from monitoring.reminders.recipients import Recipients

HORIZON = timedelta(days=90)
GoesOut = Callable[[date], bool]


@dataclass(frozen=True)
class Expected:
    """On ``day`` the person will be told that ``item`` has reached ``stage``."""

    day: date
    person_id: UUID
    stage: Stage
    item: FollowUp


@dataclass(frozen=True)
class ExpectedMail:
    """One digest to come: to whom, on which day, and each item with the stage it will have reached."""

    day: date
    name: str
    items: tuple[tuple[FollowUp, Stage], ...]

    @property
    def why(self) -> str:
        """``2 due, 1 coming up``: the reasons without what they are about."""
        stages = [stage for _, stage in self.items]
        told = [(stage, stages.count(stage)) for stage in reversed(Stage) if stage in stages]
        return ", ".join(f"{count} {stage.label[0].lower()}{stage.label[1:]}" for stage, count in told)


def expected(
    items: Iterable[FollowUp],
    *,
    recipients: Recipients,
    timing: Timing,
    first: date,
    last: date,
    goes_out: GoesOut,
    told: Collection[Line] = (),
) -> list[Expected]:
    """Every line of the digests from ``first`` to ``last``, by day; each is told once.

    ``goes_out`` says on which days mails leave; what falls on another day waits for the next. ``told`` are
    the lines that went out already. The items need not be stored.
    """
    found = [
        line
        for item in items
        for line in _of_item(item, recipients, timing, _turning_days(item, timing, first, goes_out), told)
        if line.day <= last
    ]
    return sorted(found, key=lambda line: (line.day, line.person_id, line.item.due, str(line.item.pk)))


def by_mail(lines: Iterable[Expected], names: Mapping[UUID, str]) -> list[ExpectedMail]:
    """The lines as the mails they will be; ``lines`` in the order of ``expected``."""
    return [
        ExpectedMail(day, names[person], tuple((line.item, line.stage) for line in of_mail))
        for (day, person), of_mail in groupby(lines, key=lambda line: (line.day, line.person_id))
    ]


def _of_item(
    item: FollowUp,
    recipients: Recipients,
    timing: Timing,
    days: Iterable[date],
    told: Collection[Line],
) -> Iterator[Expected]:
    seen: set[Line] = set()
    for day in days:
        stages = stages_on(item, day, timing)
        if not stages:
            continue
        due = DueItem(item, stages)
        for stage, person in recipients.of(due, on=day).people:
            line = Line(item.pk, stage, person, due.counted_from)
            if line not in seen and line not in told:
                seen.add(line)
                yield Expected(day, person, stage, item)


def _turning_days(item: FollowUp, timing: Timing, first: date, goes_out: GoesOut) -> list[date]:
    """The days on which mails leave that are the first of a stage of the item, and the first day of all."""
    begins = (
        item.due - timing.soon,
        item.due,
        overdue_from(item, timing),
        item.latest + timing.deputy,
        item.latest + timing.lead,
    )
    return sorted({next_mailing(max(day, first), goes_out) for day in begins})


def next_mailing(day: date, goes_out: GoesOut) -> date:
    """``day``, or the first one after it on which mails leave."""
    while not goes_out(day):
        day += ONE_DAY
    return day
