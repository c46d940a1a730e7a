"""The record's tables, one module per topic."""

from patients.models.assessments import (
    Criterion,
    CriterionEvidence,
    DiagnosisAssessment,
    ExtentAssessment,
    ImagingMethod,
    MarrowMethod,
)
from patients.models.base import CorrectableRow, PatientRow
from patients.models.care import Care
from patients.models.care_team import CareTeamMember, TeamRole
from patients.models.emergency import EmergencyAccess, EmergencyReason
from patients.models.fitness import Comorbidity, Ecog, FitnessAssessment, NeuropathySeverity
from patients.models.identifiers import Identifier, IdentifierKind
from patients.models.identity import Patient, Sex
from patients.models.lesions import Density, Lesion, Side, Site
from patients.models.merges import Merge
from patients.models.occurrences import Grade, Occurrence, OccurrenceKind
from patients.models.planned import PlannedState, PlannedTreatment
from patients.models.summary import PatientSummary
from patients.models.transfers import Transfer, TransferState
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
    "Axis",
    "Care",
    "CareTeamMember",
    "Comorbidity",
    "CorrectableRow",
    "Criterion",
    "CriterionEvidence",
    "Density",
    "DiagnosisAssessment",
    "Ecog",
    "EmergencyAccess",
    "EmergencyReason",
    "ExtentAssessment",
    "FitnessAssessment",
    "Grade",
    "Identifier",
    "IdentifierKind",
    "ImagingMethod",
    "Lesion",
    "MarrowMethod",
    "Merge",
    "NeuropathySeverity",
    "Occurrence",
    "OccurrenceKind",
    "Patient",
    "PatientRow",
    "PatientSummary",
    "PlannedState",
    "PlannedTreatment",
    "RadiationIntent",
    "Response",
    "Sex",
    "Side",
    "Site",
    "StopReason",
    "Support",
    "TeamRole",
    "Transfer",
    "TransferState",
    "Treatment",
    "TreatmentKind",
]
