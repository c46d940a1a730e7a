"""The events that items count from: on which day the plan put them, and what the record says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from monitoring.follow_ups.models import FollowUp, State
from patients.models import Patient, Treatment, TreatmentKind
from patients.partial_dates import Precision

# Two days of a kind that lie further apart are two events, not one that moved.
SAME_EVENT = timedelta(days=90)
_RECORDED_AS = {
    "line_start": (TreatmentKind.SYSTEMIC, "started"),
    "last_fraction": (TreatmentKind.RADIATION, "ended"),
    "transplant_day": (TreatmentKind.ASCT, "started"),
}


@dataclass(frozen=True)
class Event:
    """What ``items`` open items of one plan count from. ``recorded_on``: the record has it on another day."""

    origin: UUID
    anchor: str
    day: date
    items: int
    recorded_on: date | None


def events_of(items: Iterable[FollowUp], recorded: Sequence[tuple[str, date]]) -> list[Event]:
    """The events of the open items, by day; ``recorded`` as ``recorded_events`` gives them."""
    counts: dict[tuple[date, str, UUID], int] = {}
    for item in items:
        if item.state == State.PLANNED and item.anchor:
            key = (item.anchored_on, item.anchor, item.origin)
            counts[key] = counts.get(key, 0) + 1
    return [
        Event(origin, anchor, day, count, _recorded_elsewhere(anchor, day, recorded))
        for (day, anchor, origin), count in sorted(counts.items())
    ]


def recorded_events(patient: Patient) -> list[tuple[str, date]]:
    """Each event that the treatments given tell of, where its day is known."""
    treatments = list(Treatment.objects.of(patient).standing())
    return [
        (anchor, day)
        for anchor, (kind, end) in _RECORDED_AS.items()
        for treatment in treatments
        if treatment.kind == kind and getattr(treatment, f"{end}_precision") == Precision.DAY
        for day in [getattr(treatment, f"{end}_on")]
        if day is not None
    ]


def _recorded_elsewhere(anchor: str, day: date, recorded: Sequence[tuple[str, date]]) -> date | None:
    """The nearest recorded day of the event if it is another one; None where it agrees or is not recorded."""
    days = [on for name, on in recorded if name == anchor and abs(on - day) <= SAME_EVENT]
    nearest = min(days, key=lambda on: (abs(on - day), on), default=day)
    return None if nearest == day else nearest
