"""Write rows of which nothing else is computed: entered once per form, corrected under a version check."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from patients.actions import corrections
from patients.models import CorrectableRow, Patient

Row = TypeVar("Row", bound=CorrectableRow)


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

    def enter() -> Row:
        row: Row = model.objects.create(
            patient=patient,
            hospital_id=patient.hospital_id,
            recorded_by=by.user,
            recorded_at=now,
            submission=submission,
            **values,
        )
        return row

    return corrections.once(model, submission=submission, by=by, enter=enter)


@transaction.atomic
def correct(row: Row, *, values: dict[str, Any], expected_version: int, by: Membership) -> Row:
    """Change a row that stands at ``expected_version``. Raises StaleRowError or IntegrityError."""
    found = corrections.locked(row, expected_version=expected_version, by=by)
    for field, value in values.items():
        setattr(found, field, value)
    with transaction.atomic():
        found.save()
    return found
