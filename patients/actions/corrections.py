"""How every correctable row is written: entered once, corrected knowingly, marked when entered in error."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from patients.actions import summary
from patients.entries_changed import entries_changed
from patients.models import CorrectableRow, Patient

Row = TypeVar("Row", bound=CorrectableRow)


class StaleRowError(Exception):
    """Somebody saved the row after this form was opened; ``current`` is what stands now, with its version."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__(f"{current._meta.model_name} {current.pk} is at version {current.version}")


def about(patient: Patient, by: Membership, now: datetime) -> dict[str, Any]:
    """The columns that every row about a patient has: whose it is, and who wrote it when."""
    return {
        "patient": patient,
        "hospital_id": patient.hospital_id,
        "recorded_by": by.user,
        "recorded_at": now,
    }


@transaction.atomic
def add(
    kind: type[Row],
    *,
    patient: Patient,
    values: Mapping[str, Any],
    submission: UUID,
    by: Membership,
    now: datetime,
) -> Row:
    """Add a row of which nothing else is computed; the same submission twice returns the first.

    Raises IntegrityError.
    """

    def enter() -> Row:
        row: Row = kind.objects.create(**about(patient, by, now), submission=submission, **values)
        return row

    return once(kind, submission=submission, by=by, enter=enter)


@transaction.atomic
def correct(row: Row, *, values: Mapping[str, Any], expected_version: int, by: Membership) -> Row:
    """Change a row that stands at ``expected_version``. Raises StaleRowError or IntegrityError."""
    found = locked(row, expected_version=expected_version, by=by)
    give(found, values)
    with transaction.atomic():
        found.save()
    return found


def give(row: Any, values: Mapping[str, Any]) -> None:
    """Let the columns of ``row`` hold ``values``; nothing is saved."""
    for column, value in values.items():
        setattr(row, column, value)


def once(kind: type[Row], *, submission: UUID, by: Membership, enter: Callable[[], Row]) -> Row:
    """What ``enter`` adds; the same submission again, also at the same moment, gives the first row."""
    first = _submitted(kind, submission, by)
    if first is not None:
        return first
    try:
        with transaction.atomic():
            return enter()
    except IntegrityError:
        first = _submitted(kind, submission, by)
        if first is None:
            raise
        return first


def locked(row: Row, *, expected_version: int, by: Membership) -> Row:
    """The row as it stands, locked and with its version counted up; else StaleRowError.

    Also stale is a row that was marked as entered in error meanwhile.
    """
    found: Row = type(row).objects.visible_to(by).select_for_update().get(pk=row.pk)
    if found.version != expected_version or found.entered_in_error_at is not None:
        raise StaleRowError(found)
    found.version += 1
    return found


@transaction.atomic
def mark_error(*, row: CorrectableRow, expected_version: int, by: Membership, now: datetime) -> None:
    """Let an entry count nowhere any more; it stays readable. Raises StaleRowError."""
    found = locked(row, expected_version=expected_version, by=by)
    found.entered_in_error_at = now
    found.entered_in_error_by = by.user
    found.save()
    summary.refresh(patient=found.patient, now=now)
    entries_changed(found.patient_id, by=by)


@transaction.atomic
def take_back_error(*, row: CorrectableRow, expected_version: int, by: Membership, now: datetime) -> None:
    """Let a row that was marked as entered in error stand again as it did. Raises StaleRowError."""
    found = type(row).objects.visible_to(by).select_for_update().get(pk=row.pk)
    if found.version != expected_version or found.entered_in_error_at is None:
        raise StaleRowError(found)
    found.version += 1
    found.entered_in_error_at = found.entered_in_error_by = None
    found.save()
    summary.refresh(patient=found.patient, now=now)
    entries_changed(found.patient_id, by=by)


def _submitted(kind: type[Row], submission: UUID, by: Membership) -> Row | None:
    row: Row | None = kind.objects.visible_to(by).filter(submission=submission).first()
    return row
