"""Write results down, correct them, mark them as entered in error."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from monitoring.results.models import Result, State
from patients.models import Patient


class ResultEntry(TypedDict):
    """What a report says, in its own unit (UCUM). ``value`` None goes with ``unable`` true."""

    analyte: str
    value: Decimal | None
    comparator: str
    unable: bool
    unit: str
    specimen: str
    laboratory: str
    method: str
    lower_limit: Decimal | None
    upper_limit: Decimal | None
    collected_on: date
    collected_at_time: time | None


class StaleResultError(Exception):
    """Somebody saved the result after this form was opened; ``current`` is what stands now."""

    def __init__(self, current: Result) -> None:
        self.current = current
        super().__init__(f"result {current.pk} is at version {current.version}")


@transaction.atomic
def record(
    *, patient: Patient, entries: Sequence[ResultEntry], submission: UUID, by: Membership, now: datetime
) -> list[Result]:
    """Add all results of one form, or none; the same submission twice returns the first time's results."""
    first = _submitted(patient, submission, by)
    if first:
        return first
    rows = [
        Result(
            patient=patient,
            hospital_id=patient.hospital_id,
            recorded_by=by.user,
            recorded_at=now,
            submission=submission,
            position=position,
            **entry,
        )
        for position, entry in enumerate(entries)
    ]
    try:
        with transaction.atomic():
            return Result.objects.bulk_create(rows)
    except IntegrityError:
        # A second click that overtook the first: what the first one saved is the answer.
        first = _submitted(patient, submission, by)
        if not first:
            raise
        return first


@transaction.atomic
def correct(*, result: Result, entry: ResultEntry, expected_version: int, by: Membership) -> Result:
    """Replace what was typed; history keeps what stood before. Raises StaleResultError."""
    locked = _locked(result, expected_version, by)
    for field, value in entry.items():
        setattr(locked, field, value)
    locked.version += 1
    locked.save()
    return locked


@transaction.atomic
def mark_error(*, result: Result, expected_version: int, by: Membership) -> Result:
    """Take a result out of every chart and computation; it stays in the record. Raises StaleResultError."""
    locked = _locked(result, expected_version, by)
    locked.state = State.ENTERED_IN_ERROR
    locked.version += 1
    locked.save()
    return locked


def _submitted(patient: Patient, submission: UUID, by: Membership) -> list[Result]:
    rows = Result.objects.visible_to(by).of(patient).filter(submission=submission)
    return list(rows.order_by("position"))


def _locked(result: Result, expected_version: int, by: Membership) -> Result:
    locked: Result = Result.objects.visible_to(by).select_for_update().get(pk=result.pk)
    if locked.version != expected_version:
        raise StaleResultError(locked)
    return locked
