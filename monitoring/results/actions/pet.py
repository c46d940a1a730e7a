"""Write PET scans down, correct them, mark them as entered in error."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from monitoring.results.changed import results_changed
from monitoring.results.models import PetScan
from patients.actions import corrections
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


@transaction.atomic
def record(*, patient: Patient, entry: PetEntry, submission: UUID, by: Membership, now: datetime) -> PetScan:
    """Add a scan; the same submission twice returns the first."""
    scan = corrections.add(PetScan, patient=patient, values=entry, submission=submission, by=by, now=now)
    results_changed([patient.pk], by=by)
    return scan


@transaction.atomic
def correct(*, scan: PetScan, entry: PetEntry, expected_version: int, by: Membership) -> PetScan:
    """Replace what was typed; history keeps what stood before. Raises StaleRowError."""
    corrected = corrections.correct(scan, values=entry, expected_version=expected_version, by=by)
    results_changed([corrected.patient_id], by=by)
    return corrected


@transaction.atomic
def mark_error(*, scan: PetScan, expected_version: int, by: Membership, now: datetime) -> None:
    """Take a scan out of every chart and computation. Raises StaleRowError."""
    corrections.mark_error(row=scan, expected_version=expected_version, by=by, now=now)
    results_changed([scan.patient_id], by=by)


@transaction.atomic
def take_back_error(*, scan: PetScan, expected_version: int, by: Membership, now: datetime) -> None:
    """Let a scan that was marked as entered in error stand again. Raises StaleRowError."""
    corrections.take_back_error(row=scan, expected_version=expected_version, by=by, now=now)
    results_changed([scan.patient_id], by=by)
