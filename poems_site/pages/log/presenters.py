"""Rows of the trail as lines of a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from accounts.trail.kinds import AccessKind, ActorKind
from accounts.trail.models import AccessEvent
from poems_site.pages.log.words import in_general, in_words

LENGTH_OF_A_REFERENCE = 8
TROUBLE = (AccessKind.DENIED, AccessKind.FAILED, AccessKind.SIGN_IN_FAILED)


@dataclass(frozen=True)
class Line:
    """One thing somebody did; ``times`` counts how often in a row, the newest ``at``."""

    at: datetime
    who: str
    what: str
    record: str
    is_emergency: bool
    trouble: str
    from_ip: str
    request: str
    times: int = 1


def line_of(event: AccessEvent, records: Mapping[UUID, str], *, in_general_only: bool = False) -> Line:
    """``records`` names patients' records; a record it does not name is called by an opaque reference.

    ``in_general_only`` leaves out which part of a record it was: for whoever sees nothing clinical.
    """
    said = in_general(event) if in_general_only else in_words(event)
    return Line(
        at=event.at,
        who=_who(event),
        what=said + (f" ({event.shown} shown)" if event.shown is not None else ""),
        record=_record(event.patient_id, records),
        is_emergency=event.grant_id is not None,
        trouble=event.get_kind_display() if event.kind in TROUBLE else "",
        from_ip=event.from_ip or "",
        request=str(event.request_id or ""),
    )


def gathered(lines: Iterable[Line]) -> list[Line]:
    """The lines with the same thing done several times in a row told once."""
    told: list[Line] = []
    for line in lines:
        last = told[-1] if told else None
        if last and replace(last, at=line.at, request=line.request, times=1) == line:
            told[-1] = replace(last, times=last.times + 1)
        else:
            told.append(line)
    return told


def _who(event: AccessEvent) -> str:
    if event.actor_kind == ActorKind.JOB:
        return f"The job {event.actor_name}"
    if event.actor_kind == ActorKind.COMMAND:
        return f"The command {event.actor_name}"
    if event.actor_kind == ActorKind.NOBODY:
        return f"Somebody, with the address of {event.user.full_name}" if event.user else "Somebody unknown"
    return event.user.full_name if event.user else ""


def _record(patient_id: UUID | None, records: Mapping[UUID, str]) -> str:
    if patient_id is None:
        return ""
    return records.get(patient_id) or f"ref. {str(patient_id)[:LENGTH_OF_A_REFERENCE]}"
