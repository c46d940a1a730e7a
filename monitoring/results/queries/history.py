"""What became of one result: every change, by whom, and what stood before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from monitoring.results.models import Result, State
from patients.models import Patient


@dataclass(frozen=True)
class ResultChange:
    """One saved state of a result: ``row`` has the fields of a result as they stood from ``at`` on.

    ``before`` is the state that it replaced, None for the first; ``patient`` is whose result it then was.
    """

    id: int
    at: datetime
    by: str
    row: Any
    before: Any
    patient: Patient | None


def changes_of(result: Result) -> list[ResultChange]:
    """Every state of the result, newest first, also those it had under another patient of the hospital."""
    events = list(result.history.order_by("pgh_id"))  # type: ignore[attr-defined] # made by pghistory
    people = _people(events)
    patients = Patient.objects.in_bulk({event.patient_id for event in events})
    changes = [
        ResultChange(
            id=event.pgh_id,
            at=event.pgh_created_at,
            by=people.get((event.pgh_context or {}).get("actor", ""), "the system"),
            row=event,
            before=before,
            patient=patients.get(event.patient_id),
        )
        for before, event in zip([None, *events], events, strict=False)
    ]
    return changes[::-1]


def standing_before(result: Result) -> str:
    """The state that a result had before it was marked as entered in error."""
    states = result.history.exclude(state=State.ENTERED_IN_ERROR)  # type: ignore[attr-defined] # by pghistory
    latest: str | None = states.order_by("-pgh_id").values_list("state", flat=True).first()
    return latest or State.FINAL


def _people(events: Iterable[Any]) -> dict[str, str]:
    """Names by id of everybody who appears as actor."""
    ids = {(event.pgh_context or {}).get("actor") for event in events} - {"", None}
    known = User.objects.filter(pk__in=[one for one in ids if str(one).isdigit() or "-" in str(one)])
    return {str(user.pk): user.full_name for user in known}
