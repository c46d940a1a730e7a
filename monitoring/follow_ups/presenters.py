"""What the pages show of a follow-up, as plain data; templates turn it into HTML."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from monitoring.follow_ups.events import Event
from monitoring.follow_ups.models import Cause, FollowUp, FollowUpStatus, State
from monitoring.follow_ups.stages import Stage, Timing, stage_on

# The content's words for the events that windows are counted from.
ANCHORS = {
    "line_start": "start of the line of treatment",
    "last_fraction": "last fraction of radiation",
    "transplant_day": "day of transplantation",
    "alert": "day on which an alert was acknowledged",
}
_MARKS = {None: "plain", Stage.SOON: "plain", Stage.DUE: "info", Stage.OVERDUE: "warning"}
_URGENCY = ("critical", "warning", "info", "plain")
_END_MARKS = {State.DONE: "success"}
_AGAIN: Mapping[str, str] = {
    Cause.RESULT_GONE: "What closed it no longer stands there. ",
    Cause.NOT_ITS_RESULT: "What closed it was another examination. ",
    Cause.ANCHOR: "The event it counts from moved. ",
}


@dataclass(frozen=True)
class Step:
    """One step of an item, in words; what time brought about has nobody who did it."""

    text: str
    by: str
    recorded_on: date | datetime
    note: str


@dataclass(frozen=True)
class EventRow:
    """An event that open items count from; ``name`` as in *day of transplantation*."""

    event: Event
    name: str


@dataclass(frozen=True)
class Moved:
    """An item's window (earliest, due, latest) before and after its event moves."""

    title: str
    before: tuple[date, date, date]
    after: tuple[date, date, date]


@dataclass(frozen=True)
class FollowUpRow:
    """One line of a table. ``mark`` is a badge's kind, ``state`` its word, ``sentence`` the rest."""

    follow_up: FollowUp
    anchor: str
    is_open: bool
    mark: str
    state: str
    sentence: str
    steps: tuple[Step, ...] = ()
    by_result: bool = False


def row(item: FollowUp, *, on: date, timing: Timing, steps: Sequence[FollowUpStatus] = ()) -> FollowUpRow:
    """The item as of the day ``on``; ``steps`` oldest first."""
    is_open = item.state == State.PLANNED
    stage = stage_on(item, on, timing)
    return FollowUpRow(
        follow_up=item,
        anchor=anchor_in_words(item.anchor),
        is_open=is_open,
        mark=_mark(item, stage) if is_open else _END_MARKS.get(State(item.state), "plain"),
        state=stage.label if stage else item.get_state_display(),
        sentence=_when(item, on) if is_open else _how_it_ended(steps),
        steps=(*(_step(step) for step in steps), *_fallen_due(item, stage, is_open=is_open)),
        by_result=bool(steps) and steps[-1].cause == Cause.RESULT,
    )


def rows(
    items: Sequence[FollowUp],
    *,
    on: date,
    timing: Timing,
    steps: Mapping[UUID, Sequence[FollowUpStatus]] | None = None,
) -> list[FollowUpRow]:
    return [row(item, on=on, timing=timing, steps=(steps or {}).get(item.pk, ())) for item in items]


def by_urgency(rows: Sequence[FollowUpRow]) -> list[FollowUpRow]:
    """What must not wait first, then what is overdue, due, and to come; each by due day."""
    return sorted(rows, key=lambda row: (_URGENCY.index(row.mark), row.follow_up.due))


def anchor_in_words(anchor: str) -> str:
    """The event in words; "" for an item that was added by hand and counts from none."""
    return ANCHORS.get(anchor, anchor.replace("_", " "))


def events(found: Iterable[Event]) -> list[EventRow]:
    return [EventRow(event=event, name=anchor_in_words(event.anchor)) for event in found]


def moves(items: Iterable[FollowUp], by_days: timedelta) -> list[Moved]:
    """What each item's window is and what it would be."""
    return [
        Moved(item.title, (item.earliest, item.due, item.latest), _shifted(item, by_days)) for item in items
    ]


def _shifted(item: FollowUp, by_days: timedelta) -> tuple[date, date, date]:
    return (item.earliest + by_days, item.due + by_days, item.latest + by_days)


def day_in_words(day: date) -> str:
    return f"{day:%-d %b %Y}"


def _mark(item: FollowUp, stage: Stage | None) -> str:
    if stage is Stage.OVERDUE and item.overdue_at_once:
        return "critical"
    return _MARKS[stage]


def _when(item: FollowUp, on: date) -> str:
    """Where ``on`` lies against the due day and the window."""
    if on > item.latest:
        return f"The window closed {_days(on - item.latest)} ago."
    if on > item.due:
        return f"Due {_days(on - item.due)} ago; the window is open until {day_in_words(item.latest)}."
    if on == item.due:
        return "Due today."
    return f"Due in {_days(item.due - on)}."


def _days(span: timedelta) -> str:
    days = span.days
    return "1 day" if days == 1 else f"{days} days"


def _how_it_ended(steps: Sequence[FollowUpStatus]) -> str:
    if not steps:
        return ""
    last = steps[-1]
    why = f" {last.note}." if last.state == State.CANCELLED and last.note else ""
    return f"{_in_words(last)}{why}"


def _step(step: FollowUpStatus) -> Step:
    return Step(
        text=_in_words(step), by=step.recorded_by.full_name, recorded_on=step.recorded_at, note=step.note
    )


def _fallen_due(item: FollowUp, stage: Stage | None, *, is_open: bool) -> list[Step]:
    """That an open item fell due, and that its window closed: what the calendar did, by its own days."""
    if not is_open or stage in (None, Stage.SOON):
        return []
    steps = [Step(text="Fell due.", by="", recorded_on=item.due, note="")]
    if stage is Stage.OVERDUE:
        steps.append(Step(text="Its window closed.", by="", recorded_on=item.latest, note=""))
    return steps


def _in_words(step: FollowUpStatus) -> str:
    happened = f" on {day_in_words(step.happened_on)}" if step.happened_on else ""
    match step.state:
        case State.PLANNED:
            return (
                f"{_AGAIN.get(step.cause, '')}Planned for {day_in_words(step.due)}"
                f" (window {day_in_words(step.earliest)} to {day_in_words(step.latest)})."
            )
        case State.DONE:
            return f"Done{happened}{', as the record says' if step.cause == Cause.RESULT else ''}."
        case State.CLOSED:
            return f"{step.get_reason_display()}{happened}."
        case State.NOT_EXPECTED:
            return "Its window had closed before the plan began."
        case _:
            return "No longer planned."
