"""What was measured, one module per kind."""

from monitoring.results.models.moves import Direction, Move, MovedKind
from monitoring.results.models.nerve import NerveAssessment
from monitoring.results.models.pet import PetScan, Tracer
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
    "Direction",
    "Move",
    "MovedKind",
    "NerveAssessment",
    "PetScan",
    "Precision",
    "Result",
    "Source",
    "Specimen",
    "State",
    "Tracer",
]
