"""What was measured, one module per kind."""

from monitoring.results.models.nerve import NerveAssessment
from monitoring.results.models.results import Comparator, Result, Specimen, State

__all__ = ["Comparator", "NerveAssessment", "Result", "Specimen", "State"]
