"""What result pages show, as plain data; templates turn it into HTML."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from guideline.edition import Edition
from monitoring.results.models import Comparator, Result, Specimen, State
from monitoring.results.numbers import digits_shown, shown
from monitoring.results.queries import EarlierValue, ListedResult
from monitoring.results.units import unit_shown

YES_NO = {0: "negative", 1: "positive"}
SIGNS = {"": "", **{str(value): str(label) for value, label in Comparator.choices}}


@dataclass(frozen=True)
class ResultLine:
    """One row of the list of results; ``limits`` and ``earlier`` are "" where there are none."""

    id: int
    analyte: str
    value: str
    limits: str
    series: str
    collected_on: date
    collected_at_time: time | None
    earlier: str
    earlier_on: date | None
    recorded_by: str
    in_error: bool


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


def _line(result: Result, earlier: EarlierValue | None, edition: Edition) -> ResultLine:
    analyte = edition.analytes.get(result.analyte)
    known = analyte or edition.instruments.get(result.analyte)
    yes_no = analyte is not None and analyte.reads == "yes_no"
    return ResultLine(
        id=result.pk,
        analyte=known.label if known else result.analyte,
        value=quantity_shown(
            result.value,
            result.comparator,
            result.unit,
            unable=result.unable,
            text=result.text,
            yes_no=yes_no,
        ),
        limits=limits_shown(result.lower_limit, result.upper_limit),
        series=series_shown(result.specimen, result.laboratory, result.method),
        collected_on=result.collected_on,
        collected_at_time=result.collected_at_time,
        earlier=""
        if earlier is None
        else quantity_shown(
            earlier.value,
            earlier.comparator,
            earlier.unit,
            unable=earlier.unable,
            text=earlier.text,
            yes_no=yes_no,
        ),
        earlier_on=earlier.collected_on if earlier else None,
        recorded_by=result.recorded_by.full_name,
        in_error=result.state == State.ENTERED_IN_ERROR,
    )
