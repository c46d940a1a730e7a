"""Reads for a patient's course."""

from monitoring.course.queries.decisions import decisions_of
from monitoring.course.queries.findings import findings_of
from monitoring.course.queries.history import LeftOut, PatientHistory, histories_of, history_of
from monitoring.course.queries.points import Point, points_of
from monitoring.course.queries.scans import Scanned, scans_of

__all__ = [
    "LeftOut",
    "PatientHistory",
    "Point",
    "Scanned",
    "decisions_of",
    "findings_of",
    "histories_of",
    "history_of",
    "points_of",
    "scans_of",
]
