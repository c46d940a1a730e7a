"""The record's tables, one module per topic."""

from patients.models.access import AccessEvent, AccessKind
from patients.models.assessments import DiagnosisAssessment, ExtentAssessment
from patients.models.base import PatientRow
from patients.models.identity import Patient, Sex
from patients.models.summary import PatientSummary
from patients.models.treatments import RadiationIntent, StopReason, Treatment, TreatmentKind

__all__ = [
    "AccessEvent",
    "AccessKind",
    "DiagnosisAssessment",
    "ExtentAssessment",
    "Patient",
    "PatientRow",
    "PatientSummary",
    "RadiationIntent",
    "Sex",
    "StopReason",
    "Treatment",
    "TreatmentKind",
]
