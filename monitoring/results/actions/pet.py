"""Write PET scans down, correct them, mark them as entered in error."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from monitoring.results.models import PetScan
from patients.models import Patient


class PetEntry(TypedDict):
    """What the report says; None is not known. ``lesions`` as the model describes them."""

    scanned_on: date
    scanned_precision: str
    tracer: str
    sum_suv_max: Decimal | None
    avid_lesions: int | None
    new_lesion: bool | None
    lesions: list[dict[str, Any]]
    laboratory: str
    report: str


class StaleScanError(Exception):
    """Somebody saved the scan after this form was opened; ``current`` is what stands now."""

    def __init__(self, current: PetScan) -> None:
        self.current = current
        super().__init__(f"scan {current.pk} is at version {current.version}")


@transaction.atomic
def record(*, patient: Patient, entry: PetEntry, submission: UUID, by: Membership, now: datetime) -> PetScan:
    """Add a scan; the same submission twice returns the first."""
    first = _submitted(submission, by)
    if first is not None:
        return first
    row = PetScan(
        patient=patient,
        hospital_id=patient.hospital_id,
        recorded_by=by.user,
        recorded_at=now,
        submission=submission,
        **entry,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # A second click that overtook the first: what the first one saved is the answer.
        first = _submitted(submission, by)
        if first is None:
            raise
        return first
    return row


@transaction.atomic
def correct(*, scan: PetScan, entry: PetEntry, expected_version: int, by: Membership) -> PetScan:
    """Replace what was typed; history keeps what stood before. Raises StaleScanError."""
    locked = _locked(scan, expected_version, by)
    for field, value in entry.items():
        setattr(locked, field, value)
    locked.version += 1
    locked.save()
    return locked


@transaction.atomic
def mark_error(*, scan: PetScan, expected_version: int, by: Membership, now: datetime) -> PetScan:
    """Take a scan out of every chart and computation; it stays in the record. Raises StaleScanError."""
    locked = _locked(scan, expected_version, by)
    locked.entered_in_error_at = now
    locked.entered_in_error_by = by.user
    locked.version += 1
    locked.save()
    return locked


def _submitted(submission: UUID, by: Membership) -> PetScan | None:
    return PetScan.objects.visible_to(by).filter(submission=submission).first()


def _locked(scan: PetScan, expected_version: int, by: Membership) -> PetScan:
    locked: PetScan = PetScan.objects.visible_to(by).select_for_update(of=("self",)).get(pk=scan.pk)
    if locked.version != expected_version:
        raise StaleScanError(locked)
    return locked
