"""The page of diagnosis and extent: the newest assessment in full, earlier ones behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from patients.forms.diagnosis import GROUPS
from patients.models import Criterion, DiagnosisAssessment, ExtentAssessment, Lesion, Patient
from patients.presenters.errors import entry_in_error
from patients.queries.standing import is_after_radiation
from patients.verdicts import DiagnosisVerdicts, ExtentVerdict, diagnosis_verdicts, extent_verdict


@dataclass(frozen=True)
class CriterionShown:
    label: str
    value: bool | None
    found: str
    evidence: str


@dataclass(frozen=True)
class DiagnosisShown:
    """One dated assessment of the criteria, in the groups of the published sets, with both verdicts."""

    row: DiagnosisAssessment
    groups: list[tuple[str, list[CriterionShown]]]
    verdicts: DiagnosisVerdicts


@dataclass(frozen=True)
class ExtentShown:
    """One dated assessment of the extent with its lesions and its verdict."""

    row: ExtentAssessment
    lesions: list[Lesion]
    verdict: ExtentVerdict


def assessments_page(patient: Patient, *, on: date) -> dict[str, Any]:
    """Assessments newest first; what was entered in error stands apart and has no verdict."""
    people = ("recorded_by", "entered_in_error_by")
    order = ("-assessed_on", "-id")
    diagnoses = (
        DiagnosisAssessment.objects.of(patient).select_related(*people).prefetch_related("evidence")
    ).order_by(*order)
    extents = (
        ExtentAssessment.objects.of(patient).select_related(*people).prefetch_related("lesions")
    ).order_by(*order)
    irradiated = is_after_radiation(patient, on=on)
    standing = [row for row in extents if row.entered_in_error_at is None]
    return {
        "diagnoses": [_diagnosis(row) for row in diagnoses if row.entered_in_error_at is None],
        "extents": [_extent(row, after_radiation=irradiated) for row in standing],
        "errors": [
            entry_in_error(row, f"{what} of {row.assessed_on:%-d %B %Y}")
            for what, rows in (("Diagnosis", diagnoses), ("Extent", extents))
            for row in rows
            if row.entered_in_error_at is not None
        ],
    }


def _diagnosis(row: DiagnosisAssessment) -> DiagnosisShown:
    beside = {one.criterion: one for one in row.evidence.all()}
    groups = []
    for title, criteria in GROUPS:
        shown = [_criterion(row, criterion, beside.get(criterion)) for criterion in criteria]
        groups.append((title, shown))
    answers = {name: getattr(row, name) for name in Criterion.values}
    return DiagnosisShown(row, groups, diagnosis_verdicts(answers))


def _criterion(row: DiagnosisAssessment, criterion: Criterion, beside: Any) -> CriterionShown:
    return CriterionShown(
        label=str(criterion.label),
        value=getattr(row, criterion.value),
        found=str(beside.found) if beside and beside.found else "",
        evidence=beside.evidence if beside else "",
    )


def _extent(row: ExtentAssessment, *, after_radiation: bool) -> ExtentShown:
    lesions = sorted(row.lesions.all(), key=lambda lesion: lesion.position)
    names = ("bone_lesion_count", "whole_body_imaging", "diffuse_bone_lesions", "clonal_marrow_plasma_cells")
    found = {name: getattr(row, name) for name in names}
    return ExtentShown(row, lesions, extent_verdict(found, after_radiation=after_radiation))
