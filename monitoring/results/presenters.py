"""What result pages show, as plain data; templates turn it into HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from guideline.edition import Edition
from guideline.entries import Analyte
from monitoring.results.models import Comparator, Precision, Result, Specimen, State
from monitoring.results.numbers import digits_shown, shown
from monitoring.results.queries import EarlierValue, ListedResult, RecordedResult
from monitoring.results.trend import Measured, Trend, trend_of, way_of
from monitoring.results.units import in_own_unit, unit_shown
from patients.partial_dates import PartialDate

YES_NO = {0: "negative", 1: "positive"}
OF_A_DAY = (Precision.DAY, Precision.MINUTE)
PRECISION_NOTES = {
    Precision.YEAR.value: "only the year is known; charts put it on its first day",
    Precision.MONTH.value: "only the month is known; charts put it on its first day",
}
GROUPS = {
    "vegf": "VEGF",
    "clone": "Clone and marrow",
    "blood": "Blood count",
    "chemistry": "Chemistry",
    "endocrine": "Endocrine",
    "heart": "Heart",
    "lung": "Lung function",
    "cerebrospinal_fluid": "Cerebrospinal fluid",
    "general": "General",
}
ANSWER = ("value", "comparator", "unable", "text", "unit")
SIGNS = {"": "", **{str(value): str(label) for value, label in Comparator.choices}}


@dataclass(frozen=True)
class ResultLine:
    """One row of the list of results; ``limits`` and ``earlier`` are "" where there are none.

    ``state`` is what is marked: a word for a report that is not final, and for a row that was changed here.
    """

    id: int
    analyte: str
    value: str
    limits: str
    series: str
    collected: str
    at: time | None
    earlier: str
    earlier_on: date | None
    trend: Trend | None
    recorded_by: str
    state: str
    in_error: bool
    assessment: bool


def by_group(analytes: Iterable[Analyte]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Key and label of each analyte under the heading of its group, for a select."""
    found: dict[str, list[tuple[str, str]]] = {label: [] for label in GROUPS.values()}
    for analyte in analytes:
        found[GROUPS[analyte.group]].append((analyte.key, analyte.label))
    return [(label, choices) for label, choices in found.items() if choices]


def measure_label(key: str, edition: Edition) -> str:
    """What was measured, in words: an analyte, or a measure of the neurologic assessment."""
    known = edition.analytes.get(key) or edition.instruments.get(key) or edition.scales.get(key)
    return known.label if known else key


def result_lines(rows: list[ListedResult], edition: Edition) -> list[ResultLine]:
    return [_line(row.result, row.earlier, edition) for row in rows]


def quantity_shown(
    value: Decimal | None,
    comparator: str,
    unit: str,
    *,
    unable: bool = False,
    text: str = "",
    yes_no: bool = False,
) -> str:
    """``<20 pg/mL``, ``negative``, the answer in words, or ``unable``."""
    if unable or value is None:
        return "unable" if unable else text
    if yes_no:
        return YES_NO.get(int(value), shown(value))
    return digits_with_unit(f"{value:f}", comparator, unit)


def digits_with_unit(digits: str, comparator: str, unit: str) -> str:
    """``<20 pg/mL`` from the number's text."""
    return f"{SIGNS[comparator]}{digits_shown(digits)} {unit_shown(unit)}".rstrip()


def limits_shown(lower: Decimal | None, upper: Decimal | None) -> str:
    """Both limits as a range, ``up to 96``, ``from 12``, or "" without limits."""
    if lower is not None and upper is not None:
        return f"{shown(lower)}–{shown(upper)}"  # noqa: RUF001 - an en dash is what a range is printed with
    if upper is not None:
        return f"up to {shown(upper)}"
    return "" if lower is None else f"from {shown(lower)}"


def series_shown(specimen: str, laboratory: str, method: str) -> str:
    """``Plasma · Laboratory A · ELISA``; what was not given is said, except a method.

    A method alone is a scale version or a side: what was examined at the bedside has no laboratory.
    """
    if method and not specimen and not laboratory:
        return method
    words = [Specimen(specimen).label if specimen else "", laboratory or "laboratory not given", method]
    if specimen == Specimen.UNKNOWN:
        words[0] = "Specimen not known"
    return " · ".join(word for word in words if word)


def quantity_of(values: Mapping[str, Any], edition: Edition) -> str:
    """The answer of an entry or of a row as plain values: ``<20 pg/mL``, ``negative``, ``IgA lambda``."""
    analyte = edition.analytes.get(values["analyte"])
    return quantity_shown(
        values["value"],
        values["comparator"],
        values["unit"],
        unable=values["unable"],
        text=values.get("text", ""),
        yes_no=analyte is not None and analyte.reads == "yes_no",
    )


def result_in_words(result: Result, edition: Edition) -> str:
    """``VEGF 1450 pg/mL, Plasma · Laboratory A · ELISA, collected on 5 January 2026``."""
    parts = [
        f"{measure_label(result.analyte, edition)} {quantity_of(vars(result), edition)}",
        _series_of(result),
        f"collected {'on' if result.collected_precision in OF_A_DAY else 'about'} {day_in_words(result)}",
    ]
    return ", ".join(part for part in parts if part)


def day_in_words(result: Result) -> str:
    """``5 January 2026``, ``January 2026`` or ``2026``, with the time where it is known."""
    day = result.collected_on
    match result.collected_precision:
        case Precision.YEAR:
            return f"{day:%Y}"
        case Precision.MONTH:
            return f"{day:%B %Y}"
    at = f" at {result.collected_at_time:%H:%M}" if result.collected_at_time else ""
    return f"{day:%-d %B %Y}{at}"


Compared = Result | EarlierValue | RecordedResult


def trend_between(now: Compared, then: Compared, key: str, edition: Edition) -> Trend | None:
    """The change from one answer of a series to a later one; None where words or units do not compare."""
    analyte = edition.analytes.get(key)
    yes_no = analyte is not None and analyte.reads == "yes_no"
    measured = [_measured(one, key, edition) for one in (then, now)]
    if measured[0] is None or measured[1] is None:
        return None
    return trend_of(measured[1], measured[0], way=way_of(edition.scales.get(key), yes_no=yes_no))


def _measured(one: Compared, key: str, edition: Edition) -> Measured | None:
    if one.value is None and not one.unable:
        return None
    shown_as = quantity_of({"analyte": key, **{name: getattr(one, name) for name in ANSWER}}, edition)
    number = one.value
    analyte = edition.analytes.get(key)
    if number is not None and analyte is not None and analyte.factors:
        number = in_own_unit(analyte, number, one.unit)
        if number is None:
            return None
    return Measured(number, one.comparator, one.collected_on, shown_as)


def _line(result: Result, earlier: EarlierValue | None, edition: Edition) -> ResultLine:
    return ResultLine(
        id=result.pk,
        analyte=measure_label(result.analyte, edition),
        value=quantity_of(vars(result), edition),
        limits=limits_shown(result.lower_limit, result.upper_limit),
        series=_series_of(result),
        collected=str(PartialDate(result.collected_on, result.collected_precision)),
        at=result.collected_at_time,
        earlier=quantity_of({"analyte": result.analyte, **vars(earlier)}, edition) if earlier else "",
        earlier_on=earlier.collected_on if earlier else None,
        trend=trend_between(result, earlier, result.analyte, edition) if earlier else None,
        recorded_by=result.recorded_by.full_name,
        state=_state_shown(result),
        in_error=result.state == State.ENTERED_IN_ERROR,
        assessment=result.assessment_id is not None,
    )


def _series_of(result: Result) -> str:
    """The series in words; a value of a neurologic assessment has a version and no laboratory."""
    if result.assessment_id is not None:
        return result.method or "version not noted"
    return series_shown(result.specimen, result.laboratory, result.method)


def _state_shown(result: Result) -> str:
    words = {
        State.PRELIMINARY: "preliminary",
        State.CORRECTED: "corrected by the laboratory",
        State.ENTERED_IN_ERROR: "entered in error",
    }
    changed = "changed" if result.version > 1 else ""
    return words.get(State(result.state), changed)
