"""The record's tables, one module per topic."""

from patients.models.access import AccessEvent, AccessKind
from patients.models.assessments import (
    Criterion,
    CriterionEvidence,
    DiagnosisAssessment,
    ExtentAssessment,
    ImagingMethod,
    MarrowMethod,
)
from patients.models.base import CorrectableRow, PatientRow
from patients.models.identity import Patient, Sex
from patients.models.lesions import Density, Lesion, Side, Site
from patients.models.summary import PatientSummary
from patients.models.treatments import (
    Axis,
    RadiationIntent,
    Response,
    StopReason,
    Support,
    Treatment,
    TreatmentKind,
)

__all__ = [
    "AccessEvent",
    "AccessKind",
    "Axis",
    "CorrectableRow",
    "Criterion",
    "CriterionEvidence",
    "Density",
    "DiagnosisAssessment",
    "ExtentAssessment",
    "ImagingMethod",
    "Lesion",
    "MarrowMethod",
    "Patient",
    "PatientRow",
    "PatientSummary",
    "RadiationIntent",
    "Response",
    "Sex",
    "Side",
    "Site",
    "StopReason",
    "Support",
    "Treatment",
    "TreatmentKind",
]
