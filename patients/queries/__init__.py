"""Reads over a patient's record."""

from patients.queries.given import RecordedFact, TreatmentGiven
from patients.queries.history import Change, changes_of, records_of
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
    "newest_diagnosis",
    "newest_extent",
    "radiation_to_judge",
    "records_of",
    "treatments_of",
]
