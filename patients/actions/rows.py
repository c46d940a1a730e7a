"""Write rows that come from one form each: once per form, corrected under a version check, never deleted."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from patients.models import CorrectableRow, Patient

Row = TypeVar("Row", bound=CorrectableRow)


class StaleRowError(Exception):
    """Somebody saved the row after this form was opened; ``current`` is what stands now."""

    def __init__(self, current: CorrectableRow) -> None:
        self.current = current
        super().__init__(f"row {current.pk} is at version {current.version}")


@transaction.atomic
def add(
    model: type[Row],
    *,
    patient: Patient,
    values: dict[str, Any],
    submission: UUID,
    by: Membership,
    now: datetime,
) -> Row:
    """Add a row about ``patient``; the same submission twice returns the first. Raises IntegrityError."""
    own = model.objects.visible_to(by).filter(submission=submission)
    if first := own.first():
        return first
    row = model(
        patient=patient,
        hospital_id=patient.hospital_id,
        recorded_by=by.user,
        recorded_at=now,
        submission=submission,
        **values,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Our own first click, committed meanwhile, is the answer; anything else the database refused.
        if first := own.first():
            return first
        raise
    return row


@transaction.atomic
def correct(row: Row, *, values: dict[str, Any], expected_version: int, by: Membership) -> Row:
    """Change a row that stands at ``expected_version``. Raises StaleRowError or IntegrityError."""
    locked = _locked(row, expected_version, by)
    for field, value in values.items():
        setattr(locked, field, value)
    return _saved(locked)


@transaction.atomic
def mark_error(row: Row, *, expected_version: int, by: Membership, now: datetime) -> Row:
    """Mark a row as entered in error: it counts nowhere, and stays readable. Raises StaleRowError."""
    locked = _locked(row, expected_version, by)
    locked.entered_in_error_at, locked.entered_in_error_by = now, by.user
    return _saved(locked)


def _locked(row: Row, expected_version: int, by: Membership) -> Row:
    rows = type(row).objects.visible_to(by).select_for_update()
    locked: Row = rows.get(pk=row.pk)
    if locked.version != expected_version or locked.entered_in_error_at is not None:
        raise StaleRowError(locked)
    return locked


def _saved(row: Row) -> Row:
    row.version += 1
    with transaction.atomic():
        row.save()
    return row
