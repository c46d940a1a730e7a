"""The list of results as a table: numbers stay numbers, and the words are those of the pages."""

from collections.abc import Iterator

from guideline.edition import Edition
from monitoring.results.models import Result
from monitoring.results.units import unit_shown
from patients.models import Patient
from poems_site.pages.export.archive import cell

HEADERS = [
    *("Collected on", "Known to", "Time", "What", "Sign", "Value", "Answer in words", "Unit", "Specimen"),
    *("Laboratory", "Method", "Lower limit", "Upper limit", "State", "From", "Number at its source", "Note"),
]


def result_rows(patient: Patient, edition: Edition) -> Iterator[list[str]]:
    """A line of headers, then each result, oldest first; those entered in error say so."""
    yield HEADERS
    for result in Result.objects.of(patient).oldest_first():
        yield _line(result, edition)


def _line(result: Result, edition: Edition) -> list[str]:
    analyte = edition.analytes.get(result.analyte)
    words = "could not be measured" if result.unable else ""
    return [
        result.collected_on.isoformat(),
        result.get_collected_precision_display(),
        f"{result.collected_at_time:%H:%M}" if result.collected_at_time else "",
        analyte.label if analyte else result.analyte,
        result.comparator,
        *(_number(value) for value in [result.value]),
        " ".join(part for part in (words, result.text) if part),
        unit_shown(result.unit),
        result.get_specimen_display(),
        result.laboratory,
        result.method,
        _number(result.lower_limit),
        _number(result.upper_limit),
        result.get_state_display(),
        result.get_source_display(),
        result.source_id,
        result.note,
    ]


def _number(value: object) -> str:
    """Without the zeros that the database pads it with."""
    text = cell(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
