"""One result in full, and what changed in it, as plain data for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from guideline.edition import Edition
from guideline.entries import LoincCode
from monitoring.results.models import Result, Source, Specimen, State
from monitoring.results.presenters import (
    PRECISION_NOTES,
    day_in_words,
    limits_shown,
    measure_label,
    quantity_of,
    quantity_shown,
)
from monitoring.results.queries import ResultChange
from monitoring.results.units import in_own_unit, unit_shown

CONFIDENCE = {
    "A": "from an official source",
    "B": "from several sources",
    "C": "from one source",
    "D": "unconfirmed",
}


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Difference:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Step:
    """One saved state: when, by whom, and what differed from the one before; ``id`` restores it."""

    id: int
    at: datetime
    by: str
    title: str
    differences: tuple[Difference, ...]
    current: bool


def result_facts(result: Result, edition: Edition) -> list[Fact]:
    """What the report says and where it comes from; empty facts are left out."""
    facts = [
        Fact("Measured", measure_label(result.analyte, edition)),
        Fact("Value", quantity_of(vars(result), edition), _own_unit(result, edition)),
        Fact("Limits", limits_shown(result.lower_limit, result.upper_limit), "of this result"),
        Fact("Specimen", Specimen(result.specimen).label if result.specimen else ""),
        Fact("Laboratory", result.laboratory),
        Fact("Method", result.method),
        Fact("Collected", day_in_words(result), PRECISION_NOTES.get(result.collected_precision, "")),
        Fact(
            "Entered",
            f"{result.recorded_at.astimezone(timezone.get_current_timezone()):%-d %B %Y at %H:%M}",
            f"by {result.recorded_by.full_name}",
        ),
        Fact("Report", State(result.state).label),
        Fact("Source", Source(result.source).label, result.source_id and f"number {result.source_id}"),
        Fact("Note", result.note),
        Fact("LOINC", *_loinc(result, edition)),
    ]
    return [fact for fact in facts if fact.value]


def changes_in_words(changes: Sequence[ResultChange], edition: Edition) -> list[Step]:
    return [
        Step(
            id=change.id,
            at=change.at,
            by=change.by,
            title=_title(change),
            differences=_differences(change, edition),
            current=place == 0,
        )
        for place, change in enumerate(changes)
    ]


def _own_unit(result: Result, edition: Edition) -> str:
    """The value in the analyte's own unit, or why it is not converted; "" where nothing is to be said."""
    analyte = edition.analytes.get(result.analyte)
    if analyte is None or result.value is None or not result.unit or result.unit == analyte.unit:
        return ""
    own = in_own_unit(analyte, result.value, result.unit)
    if own is None:
        return f"kept as reported; not converted to {unit_shown(analyte.unit or '')}"
    return f"= {quantity_shown(own, result.comparator, analyte.unit or '')}"


def _loinc(result: Result, edition: Edition) -> tuple[str, str]:
    analyte = edition.analytes.get(result.analyte)
    if analyte is None:
        return "", ""
    fitting = [code for code in analyte.loinc if not code.units or result.unit in code.units]
    return (_code(fitting[0])) if fitting else ("none known", "")


def _code(code: LoincCode) -> tuple[str, str]:
    return code.code, f"{code.name}; {CONFIDENCE[code.confidence]}"


def _title(change: ResultChange) -> str:
    if change.before is None:
        return "Entered"
    if change.before.patient_id != change.row.patient_id:
        return "Moved to this patient"
    if change.row.state != change.before.state:
        return {
            State.CORRECTED: "Corrected by the laboratory",
            State.ENTERED_IN_ERROR: "Marked as entered in error",
            State.FINAL: "Made final",
        }.get(State(change.row.state), "Changed")
    return "Changed"


def _differences(change: ResultChange, edition: Edition) -> tuple[Difference, ...]:
    if change.before is None:
        return (Difference("Value", "", quantity_of(vars(change.row), edition)),)
    old, new = (_words(row, edition) for row in (change.before, change.row))
    return tuple(Difference(label, old[label], new[label]) for label in new if old[label] != new[label])


def _words(row: Any, edition: Edition) -> dict[str, str]:
    return {
        "Measured": measure_label(row.analyte, edition),
        "Value": quantity_of(vars(row), edition),
        "Limits": limits_shown(row.lower_limit, row.upper_limit),
        "Specimen": Specimen(row.specimen).label if row.specimen else "",
        "Laboratory": row.laboratory,
        "Method": row.method,
        "Collected": day_in_words(row),
        "Report": State(row.state).label,
        "Note": row.note,
    }
