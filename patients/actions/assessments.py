"""Write down what was found: the criteria with their evidence, the extent with its lesions."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from patients.actions import summary
from patients.actions.corrections import about, give, locked, once
from patients.entries_changed import entries_changed
from patients.models import CriterionEvidence, DiagnosisAssessment, ExtentAssessment, Lesion, Patient


class Evidence(TypedDict):
    """When a criterion was found and what supports the answer; one of the two is given."""

    criterion: str
    found_on: date | None
    found_precision: str
    evidence: str


class LesionSeen(TypedDict):
    """One lesion of the list; its place in the list is its place in the sequence."""

    site: str
    side: str
    density: str
    fdg_avid: bool | None
    suv_max: Decimal | None
    biopsied: bool | None
    biopsied_on: date | None
    biopsy_result: str
    note: str


@transaction.atomic
def assess_diagnosis(
    *,
    patient: Patient,
    values: dict[str, Any],
    submission: UUID,
    by: Membership,
    now: datetime,
    evidence: Sequence[Evidence] = (),
) -> DiagnosisAssessment:
    """Add a dated assessment; the same submission twice returns the first."""

    def enter() -> DiagnosisAssessment:
        row = DiagnosisAssessment.objects.create(submission=submission, **about(patient, by, now), **values)
        _support(row, evidence, by=by, now=now)
        return row

    return once(DiagnosisAssessment, submission=submission, by=by, enter=enter)


@transaction.atomic
def correct_diagnosis(
    *,
    assessment: DiagnosisAssessment,
    values: dict[str, Any],
    evidence: Sequence[Evidence],
    expected_version: int,
    by: Membership,
    now: datetime,
) -> DiagnosisAssessment:
    """Change an assessment that was entered wrongly. Raises StaleRowError."""
    row = locked(assessment, expected_version=expected_version, by=by)
    give(row, values)
    row.save()
    _support(row, evidence, by=by, now=now)
    return row


@transaction.atomic
def assess_extent(
    *,
    patient: Patient,
    values: dict[str, Any],
    submission: UUID,
    by: Membership,
    now: datetime,
    lesions: Sequence[LesionSeen] = (),
) -> ExtentAssessment:
    """Add a dated assessment with its lesions; the same submission twice returns the first."""

    def enter() -> ExtentAssessment:
        row = ExtentAssessment.objects.create(submission=submission, **about(patient, by, now), **values)
        _list(row, lesions, by=by, now=now)
        return row

    extent = once(ExtentAssessment, submission=submission, by=by, enter=enter)
    summary.refresh(patient=patient, now=now)
    entries_changed(patient.pk, by=by)
    return extent


@transaction.atomic
def correct_extent(
    *,
    assessment: ExtentAssessment,
    values: dict[str, Any],
    lesions: Sequence[LesionSeen],
    expected_version: int,
    by: Membership,
    now: datetime,
) -> ExtentAssessment:
    """Change an assessment that was entered wrongly. Raises StaleRowError."""
    row = locked(assessment, expected_version=expected_version, by=by)
    give(row, values)
    row.save()
    _list(row, lesions, by=by, now=now)
    summary.refresh(patient=row.patient, now=now)
    entries_changed(row.patient_id, by=by)
    return row


def _support(
    row: DiagnosisAssessment, evidence: Sequence[Evidence], *, by: Membership, now: datetime
) -> None:
    """Let exactly this evidence stand under the assessment; what is the same is not touched."""
    standing = {one.criterion: one for one in row.evidence.all()}
    wanted = {one["criterion"]: one for one in evidence}
    for criterion, entry in wanted.items():
        old = standing.get(criterion)
        _keep(CriterionEvidence, old, {**entry, "assessment": row}, row, by=by, now=now)
    for criterion in standing.keys() - wanted.keys():
        standing[criterion].delete()


def _list(row: ExtentAssessment, lesions: Sequence[LesionSeen], *, by: Membership, now: datetime) -> None:
    """Let exactly these lesions stand under the assessment, in this order."""
    standing = {lesion.position: lesion for lesion in row.lesions.all()}
    for position, entry in enumerate(lesions):
        old = standing.pop(position, None)
        _keep(Lesion, old, {**entry, "assessment": row, "position": position}, row, by=by, now=now)
    for gone in standing.values():
        gone.delete()


def _keep(
    kind: type[CriterionEvidence | Lesion],
    old: CriterionEvidence | Lesion | None,
    values: dict[str, Any],
    row: DiagnosisAssessment | ExtentAssessment,
    *,
    by: Membership,
    now: datetime,
) -> None:
    if old is None:
        kind.objects.create(**about(row.patient, by, now), **values)
    elif any(getattr(old, name) != value for name, value in values.items()):
        give(old, values)
        old.save()
