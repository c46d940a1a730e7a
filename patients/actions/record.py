"""The verbs of the clinical record, for those who write more than one part of it."""

from patients.actions.assessments import assess_diagnosis, assess_extent, correct_diagnosis, correct_extent
from patients.actions.corrections import mark_error
from patients.actions.treatments import correct_treatment, give_treatment

__all__ = [
    "assess_diagnosis",
    "assess_extent",
    "correct_diagnosis",
    "correct_extent",
    "correct_treatment",
    "give_treatment",
    "mark_error",
]
