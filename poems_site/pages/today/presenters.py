"""What the worklist shows of a patient who waits, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.urls import reverse

from guideline.edition import load_edition
from monitoring.alerts.queries import OVERDUE
from patients.models import Patient
from poems_site.pages.alerts.todo import Todo, radiations_of, todo_of

# From here on an age is told in months.
DAYS_TOLD = 60


@dataclass(frozen=True)
class Waiting:
    """One patient: the most urgent reason, since when, what else, and where it is dealt with."""

    patient: Patient
    severity: str
    reason: str
    since: date
    age: str
    also: tuple[str, ...]
    url: str
    todo: Todo


def waiting_rows(summaries: Sequence[Any], *, on: date) -> list[Waiting]:
    """In the order given; one query however many there are."""
    radiations = radiations_of([row.pk for row in summaries])
    return [_row(row, radiations.get(row.pk), on=on) for row in summaries]


def age_in_words(since: date, on: date) -> str:
    """How long something waits: days, from two months on in months."""
    days = (on - since).days
    if days <= 0:
        return "since today"
    if days < DAYS_TOLD:
        return f"for {days} day{'s' if days > 1 else ''}"
    passed = relativedelta(on, since)
    return f"for {passed.years * 12 + passed.months} months"


def _row(row: Any, radiation_id: int | None, *, on: date) -> Waiting:
    overdue = row.urgency == OVERDUE
    return Waiting(
        patient=row.patient,
        severity="warning" if overdue else row.worst_alert,
        reason=f"Overdue: {row.overdue_title}" if overdue else load_edition().alert(row.alert_rule).title,
        since=row.waits_since,
        age=age_in_words(row.waits_since, on),
        also=tuple(_also(row, overdue=overdue, on=on)),
        url=reverse("follow_ups:patient" if overdue else "alerts:patient", args=[row.pk]),
        todo=_overdue_todo(row.pk) if overdue else todo_of(row.alert_rule, row.pk, radiation_id),
    )


def _also(row: Any, *, overdue: bool, on: date) -> list[str]:
    """What else waits, in a few words."""
    others = row.alert_count if overdue else row.alert_count - 1
    found = [f"{others} more alert{'s' if others > 1 else ''}"] if others > 0 else []
    if not overdue and row.overdue_from is not None and row.overdue_from <= on:
        kinds = load_edition().alert(row.alert_rule)
        if not kinds.absence:  # the alert speaks for the follow-up that waits for the same thing
            found.append(f"overdue: {row.overdue_title}")
    return found


def _overdue_todo(patient_id: UUID) -> Todo:
    return Todo("Open the follow-ups", reverse("follow_ups:patient", args=[patient_id]))
