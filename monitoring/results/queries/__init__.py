"""Reads over a patient's results."""

from monitoring.results.queries.history import ResultChange, changes_of, standing_before
from monitoring.results.queries.pet import page_of_scans, scanned_at
from monitoring.results.queries.results import (
    PAGE_SIZE,
    EarlierValue,
    ListedResult,
    RecordedResult,
    ResultPage,
    known_words,
    measures_of,
    page_of_results,
    results_of,
    results_of_many,
)

__all__ = [
    "PAGE_SIZE",
    "EarlierValue",
    "ListedResult",
    "RecordedResult",
    "ResultChange",
    "ResultPage",
    "changes_of",
    "known_words",
    "measures_of",
    "page_of_results",
    "page_of_scans",
    "results_of",
    "results_of_many",
    "scanned_at",
    "standing_before",
]
