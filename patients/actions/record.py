"""Write down what was found and what was given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from patients.actions import summary
from patients.models import DiagnosisAssessment, ExtentAssessment, Patient, Treatment


class OverlapError(Exception):
    """The same treatment is recorded for some of these days already."""


class StaleTreatmentError(Exception):
    """Somebody saved the treatment after this form was opened; ``current`` is what stands now."""

    def __init__(self, current: Treatment) -> None:
        self.current = current
        super().__init__(f"treatment {current.pk} is at version {current.version}")


@transaction.atomic
def assess_diagnosis(
    *, patient: Patient, values: dict[str, Any], submission: UUID, by: Membership, now: datetime
) -> DiagnosisAssessment:
    """Add a dated assessment; the same submission twice returns the first."""
    first = DiagnosisAssessment.objects.visible_to(by).filter(submission=submission).first()
    return first or DiagnosisAssessment.objects.create(
        submission=submission, **_about(patient, by, now), **values
    )


@transaction.atomic
def assess_extent(
    *, patient: Patient, values: dict[str, Any], submission: UUID, by: Membership, now: datetime
) -> ExtentAssessment:
    """Add a dated assessment; the same submission twice returns the first."""
    first = ExtentAssessment.objects.visible_to(by).filter(submission=submission).first()
    if first is not None:
        return first
    extent = ExtentAssessment.objects.create(submission=submission, **_about(patient, by, now), **values)
    summary.refresh(patient=patient, now=now)
    return extent


@transaction.atomic
def give_treatment(
    *, patient: Patient, values: dict[str, Any], submission: UUID, by: Membership, now: datetime
) -> Treatment:
    """Record a treatment; the same submission twice returns the first. Raises OverlapError."""
    first = Treatment.objects.visible_to(by).filter(submission=submission).first()
    if first is not None:
        return first
    treatment = _saved(Treatment(submission=submission, **_about(patient, by, now), **values))
    summary.refresh(patient=patient, now=now)
    return treatment


@transaction.atomic
def correct_treatment(
    *, treatment: Treatment, values: dict[str, Any], expected_version: int, by: Membership, now: datetime
) -> Treatment:
    """Change a treatment that stands at ``expected_version``; else StaleTreatmentError, or OverlapError."""
    locked = Treatment.objects.visible_to(by).select_for_update().get(pk=treatment.pk)
    if locked.version != expected_version:
        raise StaleTreatmentError(locked)
    for field, value in values.items():
        setattr(locked, field, value)
    locked.version += 1
    _saved(locked)
    summary.refresh(patient=locked.patient, now=now)
    return locked


def _saved(treatment: Treatment) -> Treatment:
    try:
        with transaction.atomic():
            treatment.save()
    except IntegrityError as error:
        if "treatment_of_one_name_does_not_overlap" in str(error):
            raise OverlapError from error
        raise
    return treatment


def _about(patient: Patient, by: Membership, now: datetime) -> dict[str, Any]:
    return {
        "patient": patient,
        "hospital_id": patient.hospital_id,
        "recorded_by": by.user,
        "recorded_at": now,
    }
