"""The timeline as plain data: for the chart (JSON), in words, and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from guideline.entries import Analyte
from monitoring.course.queries import Point
from monitoring.course.series import Series
from monitoring.results.presenters import digits_with_unit, limits_shown, quantity_shown
from monitoring.results.units import unit_shown
from patients.partial_dates import PartialDate, Precision
from patients.queries import TreatmentGiven
from patients.queries.given import ABOUT

PAGE_SIZE = 50


@dataclass(frozen=True)
class TableLine:
    """One value; ``own`` repeats it in the chart's unit where the report used another, else "".

    ``about`` is the month or year of which no day is known, else "".
    """

    id: int
    on: date
    at: time | None
    value: str
    own: str
    limits: str
    series: str
    beside_the_line: bool
    about: str = ""

    @property
    def when(self) -> str:
        """``on 5 January 2026``, or ``about Jan 2026`` where no more is known."""
        return f"about {self.about}" if self.about else f"on {self.on:%-d %B} {self.on.year:04}"


@dataclass(frozen=True)
class SeriesInWords:
    """What a line of the chart says, for those who do not see it; ``place`` picks its colour and shape."""

    place: int
    label: str
    count: int
    first: TableLine
    highest: TableLine
    latest: TableLine


def chart_data(
    series: Sequence[Series], treatments: Sequence[TreatmentGiven], analyte: Analyte, *, on: date
) -> dict[str, Any]:
    """What static/src/timeline draws: dates as ISO text, numbers in ``unit``, each value also as reported."""
    return {
        "as_of": on.isoformat(),
        "analyte": analyte.label,
        "unit": unit_shown(analyte.unit or ""),
        "treatments": _bars(treatments),
        "series": [_line(one, analyte) for one in series],
    }


def in_words(series: Sequence[Series], analyte: Analyte) -> list[SeriesInWords]:
    return [
        SeriesInWords(
            place=place,
            label=one.key.label,
            count=len(one.points),
            first=_table_line(one, one.points[0], analyte),
            highest=_table_line(one, max(one.points, key=lambda point: _own(point, analyte)), analyte),
            latest=_table_line(one, one.points[-1], analyte),
        )
        for place, one in enumerate(series)
    ]


def table_page(
    series: Sequence[Series], analyte: Analyte, *, after: int | None
) -> tuple[list[TableLine], int | None]:
    """The values newest first: one page after the value ``after``, and where the next page starts."""
    rows = [(point, one) for one in series for point in one.points]
    rows.sort(key=lambda row: (row[0].on, row[0].at or "", row[0].id), reverse=True)
    start = next((place + 1 for place, (point, _) in enumerate(rows) if point.id == after), 0)
    page = rows[start : start + PAGE_SIZE]
    more = len(rows) > start + PAGE_SIZE
    return [_table_line(one, point, analyte) for point, one in page], page[-1][0].id if more else None


def _line(one: Series, analyte: Analyte) -> dict[str, Any]:
    # Most reports are in the chart's own unit: their numbers need no exact arithmetic.
    factors = {unit: factor for unit, factor in analyte.factors.items() if factor != 1}
    return {
        "label": one.key.label,
        "specimen": one.key.specimen,
        "default_limit": None if one.default_limit is None else float(one.default_limit),
        "points": [_dot(point, factors.get(point.unit), point.id in one.counted) for point in one.points],
    }


def _dot(point: Point, factor: Decimal | None, counted: bool) -> dict[str, Any]:
    dot = {
        "on": point.on,
        "at": point.at,
        "number": _on_axis(point.value, factor),
        "comparator": point.comparator,
        "shown": digits_with_unit(point.value, point.comparator, point.unit),
        "upper": None if point.upper is None else _on_axis(point.upper, factor),
        "counted": counted,
    }
    if about := _about(point):
        dot["about"] = about
    return dot


def _about(point: Point) -> str:
    """The month or year of a value of which no day is known, else ""."""
    if point.precision not in (Precision.MONTH, Precision.YEAR):
        return ""
    return str(PartialDate(date.fromisoformat(point.on), point.precision))


def _on_axis(digits: str, factor: Decimal | None) -> float:
    return float(digits) if factor is None else float(Decimal(digits) * factor)


def _bars(treatments: Sequence[TreatmentGiven]) -> list[dict[str, Any]]:
    """Bars by first day; courses of one name share a row."""
    rows: dict[tuple[str, str], int] = {}
    return [
        _known_in_part(given)
        | {
            "row": rows.setdefault((given.kind, given.name), len(rows)),
            "kind": given.kind,
            "kind_label": given.kind_label,
            "name": given.name,
            "start": given.started_on.isoformat(),
            "end": given.ended_on.isoformat() if given.ended_on else None,
            "stop_reason": given.stop_reason_label,
        }
        for given in treatments
    ]


def _known_in_part(given: TreatmentGiven) -> dict[str, str]:
    """How the chart words a first or last day of which only the month or year is known."""
    ends = {"about_start": given.started, "about_end": given.ended}
    return {key: words for key, words in ends.items() if words.startswith(ABOUT)}


def _table_line(one: Series, point: Point, analyte: Analyte) -> TableLine:
    converted = point.unit != analyte.unit
    own = quantity_shown(_own(point, analyte), point.comparator, analyte.unit or "") if converted else ""
    return TableLine(
        id=point.id,
        on=date.fromisoformat(point.on),
        at=time.fromisoformat(point.at) if point.at else None,
        value=quantity_shown(Decimal(point.value), point.comparator, point.unit),
        own=own,
        limits=limits_shown(_decimal(point.lower), _decimal(point.upper)),
        series=one.key.label,
        beside_the_line=point.id not in one.counted,
        about=_about(point),
    )


def _own(point: Point, analyte: Analyte) -> Decimal:
    return Decimal(point.value) * analyte.factors[point.unit]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
