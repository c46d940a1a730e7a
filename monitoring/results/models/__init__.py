"""What was measured, one module per kind."""

from monitoring.results.models.nerve import NerveAssessment
from monitoring.results.models.results import (
    STANDING,
    Comparator,
    Precision,
    Result,
    Source,
    Specimen,
    State,
)

__all__ = [
    "STANDING",
    "Comparator",
    "NerveAssessment",
    "Precision",
    "Result",
    "Source",
    "Specimen",
    "State",
]
