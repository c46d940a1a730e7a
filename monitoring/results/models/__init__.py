"""What was measured, one module per kind."""

from monitoring.results.models.results import Comparator, Result, Specimen, State

__all__ = ["Comparator", "Result", "Specimen", "State"]
