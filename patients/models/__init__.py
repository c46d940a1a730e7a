"""The record's tables, one module per topic."""

from patients.models.access import AccessEvent, AccessKind
from patients.models.base import PatientRow
from patients.models.identity import Patient, Sex

__all__ = ["AccessEvent", "AccessKind", "Patient", "PatientRow", "Sex"]
