"""Reads over a patient's record: who changed what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import localize

from accounts.models import User
from patients.models import Patient
from patients.partial_dates import PartialDate

HISTORY_SHOWN = 200
NOT_SHOWN = {"id", "version", "submission", "hospital", "registered_by", "registered_at", "birth_precision"}


@dataclass(frozen=True)
class FieldChange:
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One saved change: who, when, and each field with its old and new value."""

    at: datetime
    by: str
    label: str
    fields: tuple[FieldChange, ...]


def records_of(patient: Patient) -> list[UUID]:
    """The patient's record and every record that was merged into it, directly or by way of another."""
    found = [patient.pk]
    newest = found
    while newest:
        newest = list(Patient.objects.filter(merged_into__in=newest).values_list("pk", flat=True))
        found = [*found, *newest]
    return found


def changes_of(patient: Patient) -> list[Change]:
    """The patient's identity history, newest first (at most HISTORY_SHOWN changes)."""
    events = list(patient.history.order_by("-pgh_id")[: HISTORY_SHOWN + 1])  # type: ignore[attr-defined] # made by pghistory
    people = _people(event.pgh_context for event in events)
    changes = []
    for position, event in enumerate(events[:HISTORY_SHOWN]):
        before = events[position + 1] if position + 1 < len(events) else None
        changes.append(
            Change(
                at=event.pgh_created_at,
                by=people.get((event.pgh_context or {}).get("actor", ""), "the system"),
                label="Registered" if event.pgh_label == "insert" else "Changed",
                fields=tuple(_differences(before, event)),
            )
        )
    return changes


def _differences(before: Any, after: Any) -> Iterable[FieldChange]:
    for field in Patient._meta.concrete_fields:
        if field.name in NOT_SHOWN or not hasattr(after, field.attname):
            continue
        old = _value(before, field.attname) if before is not None else None
        new = _value(after, field.attname)
        if old != new:
            yield FieldChange(field=str(field.verbose_name), old=_shown(old), new=_shown(new))


def _value(event: Any, name: str) -> Any:
    """The field as one thing: a birth date with what is known of it."""
    return (
        PartialDate(event.birth_date, event.birth_precision) if name == "birth_date" else getattr(event, name)
    )


def _shown(value: Any) -> str:
    return "" if value is None else str(localize(value))


def _people(contexts: Iterable[Any]) -> dict[str, str]:
    """Names by id of everybody who appears as actor."""
    ids = {context.get("actor") for context in contexts if context} - {"", None}
    return {str(user.pk): user.full_name for user in User.objects.filter(pk__in=ids)}
