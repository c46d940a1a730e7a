"""Reads over a patient's record."""

from patients.queries.given import RecordedFact, TreatmentGiven
from patients.queries.history import Change, changes_of, looks_at, records_of
from patients.queries.record import (
    latest_facts,
    newest_diagnosis,
    newest_extent,
    radiation_to_judge,
    treatments_of,
)

__all__ = [
    "Change",
    "RecordedFact",
    "TreatmentGiven",
    "changes_of",
    "latest_facts",
    "looks_at",
    "newest_diagnosis",
    "newest_extent",
    "radiation_to_judge",
    "records_of",
    "treatments_of",
]
