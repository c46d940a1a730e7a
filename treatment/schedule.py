"""Follow-up dates from the guideline's schedules: what is proposed, and what the clinician made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guideline.course.clocks import days_after, months_after
from guideline.edition import Edition
from guideline.entries import Offset, Schedule, ScheduleItem
from monitoring.follow_ups.schedule import PlannedItem

QUESTION = "follow_up"

ANCHORS: Mapping[str, str] = {
    "line_start": "Planned start of treatment",
    "last_fraction": "Planned last day of radiation",
    "transplant_day": "Planned day of transplantation",
}
AFTER: Mapping[str, str] = {
    "line_start": "of treatment",
    "last_fraction": "after radiation",
    "transplant_day": "after transplantation",
}
TAKES_OVER = "transplant_day"


@dataclass(frozen=True)
class Proposal:
    """One examination with its window. ``key`` is unique among all schedules.

    ``month`` counts from the anchor, whose day is ``anchored_on``.
    ``is_past``: the window closed before today, so the examination is not expected.
    """

    key: str
    kind: str
    title: str
    anchor: str
    anchored_on: date
    month: int
    earliest: date
    due: date
    latest: date
    overdue_at_once: bool
    is_past: bool
    only_if: str
    sources: tuple[str, ...]

    @property
    def schedule(self) -> str:
        """The key of the schedule it belongs to."""
        return self.key.partition(".")[0]


@dataclass(frozen=True)
class Wishes:
    """What the clinician decided: schedules, the days they count from, dates unlike the proposal.

    ``responsible`` names who answers, by the key of a schedule or of one examination; who is not named there
    is the default's matter (treatment.answering).
    """

    schedules: tuple[str, ...] = ()
    anchors: Mapping[str, date] = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    responsible: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, value: Mapping[str, Any] | None) -> "Wishes | None":
        """From the stored answer; None while nothing is stored."""
        if value is None:
            return None
        return cls(
            tuple(value["schedules"]),
            {anchor: date.fromisoformat(day) for anchor, day in value["anchors"].items()},
            {key: date.fromisoformat(day) for key, day in value["due"].items()},
            frozenset(value["left_out"]),
            dict(value.get("responsible", {})),
        )

    def as_plain(self) -> dict[str, Any]:
        return {
            "schedules": list(self.schedules),
            "anchors": {anchor: day.isoformat() for anchor, day in sorted(self.anchors.items())},
            "due": {key: day.isoformat() for key, day in sorted(self.due.items())},
            "left_out": sorted(self.left_out),
            "responsible": dict(sorted(self.responsible.items())),
        }


def suiting(edition: Edition, options: Sequence[str]) -> tuple[str, ...]:
    """The keys of the schedules that suit one of the chosen options, in the content's order."""
    return tuple(key for key, one in edition.schedules.items() if set(one.suits) & set(options))


def anchors_needed(schedules: Sequence[Schedule]) -> list[str]:
    """The events whose days must be known, in a fixed order."""
    used = {item.anchor for schedule in schedules for item in schedule.items}
    return [anchor for anchor in ANCHORS if anchor in used]


def proposals(edition: Edition, wishes: Wishes, *, on: date) -> list[Proposal]:
    """Every examination of the chosen schedules whose anchor has a day, by due day.

    From the day of transplantation on, only what counts from it is proposed: nothing is asked for twice.
    """
    found = [
        proposal
        for key in wishes.schedules
        for proposal in _of_schedule(edition.schedules[key], wishes.anchors, on)
        if not _is_taken_over(proposal, edition, wishes)
    ]
    return sorted(found, key=lambda proposal: (proposal.due, proposal.key))


def _is_taken_over(proposal: Proposal, edition: Edition, wishes: Wishes) -> bool:
    """Whether another schedule, counted from a later transplantation, covers this examination's time."""
    transplanted_on = wishes.anchors.get(TAKES_OVER)
    if transplanted_on is None or proposal.anchor == TAKES_OVER:
        return False
    is_scheduled = TAKES_OVER in anchors_needed([edition.schedules[key] for key in wishes.schedules])
    return is_scheduled and proposal.anchored_on < transplanted_on <= proposal.due


def planned(edition: Edition, wishes: Wishes, *, on: date) -> list[tuple[Proposal, PlannedItem]]:
    """What is to be scheduled: the proposals that are kept and still to come, with the days as decided.

    A day outside the proposed window widens the window to it.
    """
    return [
        (proposal, _item(proposal, wishes.due.get(proposal.key, proposal.due)))
        for proposal in proposals(edition, wishes, on=on)
        if proposal.key not in wishes.left_out and not proposal.is_past
    ]


def _of_schedule(schedule: Schedule, anchors: Mapping[str, date], on: date) -> Iterator[Proposal]:
    for item in schedule.items:
        anchored_on = anchors.get(item.anchor)
        if anchored_on is None:
            continue
        for later in _repeats(item):
            latest = _day(anchored_on, item.latest, later)
            yield Proposal(
                key=f"{schedule.key}.{item.key}.{item.month + later}",
                kind=item.kind,
                title=item.label,
                anchor=item.anchor,
                anchored_on=anchored_on,
                month=item.month + later,
                earliest=_day(anchored_on, item.earliest, later),
                due=_day(anchored_on, item.due, later),
                latest=latest,
                overdue_at_once=item.overdue_at_once,
                is_past=latest < on,
                only_if=item.only_if or "",
                sources=schedule.sources,
            )


def _repeats(item: ScheduleItem) -> range:
    """Months added to the item's own: 0, and each repetition up to the last month of repeating."""
    every, until = item.repeats_every_months, item.repeats_until_month
    if not every or until is None:
        return range(1)
    return range(0, until - item.month + 1, every)


def _day(anchored_on: date, offset: Offset, later: int) -> date:
    return days_after(months_after(anchored_on, offset.months + later), offset.days)


def _item(proposal: Proposal, due: date) -> PlannedItem:
    return PlannedItem(
        kind=proposal.kind,
        title=proposal.title,
        anchor=proposal.anchor,
        anchored_on=proposal.anchored_on,
        earliest=min(proposal.earliest, due),
        due=due,
        latest=max(proposal.latest, due),
        overdue_at_once=proposal.overdue_at_once,
    )
