"""Reads for a patient's course: plain tuples, no model instances."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from monitoring.results.models import Result
from patients.models import Patient


class Point(NamedTuple):
    """A result that stands, in the unit it was reported in."""

    id: int
    on: date
    at: time | None
    value: Decimal
    comparator: str
    unit: str
    lower: Decimal | None
    upper: Decimal | None
    specimen: str
    laboratory: str
    method: str


COLUMNS = (
    "id",
    "collected_on",
    "collected_at_time",
    "value",
    "comparator",
    "unit",
    "lower_limit",
    "upper_limit",
    "specimen",
    "laboratory",
    "method",
)


def points_of(patient: Patient, analyte: str) -> list[Point]:
    """The patient's values of one analyte, oldest first; the last of a day is the one that counts."""
    rows = Result.objects.of(patient).final().of_analyte(analyte).filter(unable=False).oldest_first()
    return list(map(Point._make, rows.values_list(*COLUMNS)))
