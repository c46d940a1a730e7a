"""Write PET scans down and correct them; patients.actions.corrections marks them as entered in error."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from accounts.models import Membership
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


def record(*, patient: Patient, entry: PetEntry, submission: UUID, by: Membership, now: datetime) -> PetScan:
    """Add a scan; the same submission twice returns the first."""
    return corrections.add(PetScan, patient=patient, values=entry, submission=submission, by=by, now=now)


def correct(*, scan: PetScan, entry: PetEntry, expected_version: int, by: Membership) -> PetScan:
    """Replace what was typed; history keeps what stood before. Raises StaleRowError."""
    return corrections.correct(scan, values=entry, expected_version=expected_version, by=by)
