"""Results that are in the record already, and values of one day that do not fit together.

A result is the same again if patient, analyte, specimen, time of collection, value and the number at its
source agree. What is unknown on one side fits: the value typed from paper without an hour and the one in a
laboratory's file are one result. A result of the record stands for one entry only, so two equal values of one
day are two results. Nothing is dropped in silence: a form tells it and asks, an import counts it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from guideline.course.bounds import Bounds, bounds_of
from guideline.edition import Edition
from monitoring.results.models import Precision, Result
from monitoring.results.units import in_own_unit
from patients.models import Patient

HUNDRED = 100
LIMIT = "same_day_difference"
FIELDS = (
    *("id", "analyte", "specimen", "laboratory", "method", "collected_on", "collected_precision"),
    *("collected_at", "value", "comparator", "unit", "text", "unable", "source_id", "recorded_at"),
)


@dataclass(frozen=True)
class Trace:
    """What makes a result the one it is; ``number`` is in ``unit``, the analyte's own if it converts."""

    id: int | None
    analyte: str
    specimen: str
    series: tuple[str, str]
    on: date
    precision: str
    moment: datetime | None
    number: Decimal | None
    comparator: str
    unit: str
    words: tuple[str, bool]
    source_id: str

    @property
    def bounds(self) -> Bounds | None:
        return None if self.number is None else bounds_of(self.number, self.comparator or None)


def trace_of(values: Mapping[str, Any], edition: Edition) -> Trace:
    """The trace of an entry, or of a row of the record read as FIELDS."""
    analyte = edition.analytes.get(values["analyte"])
    number, unit = values["value"], values["unit"]
    own = in_own_unit(analyte, number, unit) if analyte and number is not None else None
    moment = values.get("collected_at")
    return Trace(
        id=values.get("id"),
        analyte=values["analyte"],
        specimen=values["specimen"],
        series=(values["laboratory"], values["method"]),
        on=values["collected_on"],
        precision=values.get("collected_precision", Precision.DAY),
        moment=moment,
        number=number if own is None else own,
        comparator=values["comparator"],
        unit=unit if own is None or analyte is None else analyte.unit or "",
        words=(values.get("text", "").casefold(), values["unable"]),
        source_id=values.get("source_id", ""),
    )


def repeats(one: Trace, other: Trace) -> bool:
    """Whether two traces are of one result, as far as both are known."""
    same = ("analyte", "specimen", "on", "number", "comparator", "unit", "words")
    return (
        all(getattr(one, name) == getattr(other, name) for name in same)
        and _fits(one.moment, other.moment)
        and _fits(one.source_id, other.source_id)
        and (one.precision == other.precision or {one.precision, other.precision} <= _OF_A_DAY)
    )


def repeated(
    patient: Patient, entries: Sequence[Mapping[str, Any]], edition: Edition, *, besides: int | None = None
) -> dict[int, int]:
    """The place of each entry that the record has already, with the number of the result; one query.

    ``besides`` is a result that is left out: the one that is being corrected.
    """
    traces = [trace_of(entry, edition) for entry in entries]
    free = _of_the_record(patient, traces, edition, besides)
    found: dict[int, int] = {}
    for exactly in (True, False):
        for place, trace in enumerate(traces):
            match = _first(trace, free, exactly=exactly) if place not in found else None
            if match is not None and match.id is not None:
                found[place] = match.id
                free.remove(match)
    return found


def contradicted(
    patient: Patient, entries: Sequence[Mapping[str, Any]], edition: Edition, *, besides: int | None = None
) -> dict[int, int]:
    """The place of each entry whose series has a value on that day that surely differs by too much.

    With the number of that result. How much is too much is content: ``same_day_difference``, a share of the
    smaller value.
    """
    share = Decimal(edition.number(LIMIT)) / HUNDRED
    traces = [trace_of(entry, edition) for entry in entries]
    rows = _of_the_record(patient, traces, edition, besides)
    found: dict[int, int] = {}
    for place, trace in enumerate(traces):
        clash = next(
            (row for row in rows if _one_series_and_day(trace, row) and _apart(trace, row, share)), None
        )
        if clash is not None and clash.id is not None:
            found[place] = clash.id
    return found


_OF_A_DAY = {Precision.DAY, Precision.MINUTE}


def _of_the_record(
    patient: Patient, traces: Iterable[Trace], edition: Edition, besides: int | None
) -> list[Trace]:
    wanted = list(traces)
    rows = (
        Result.objects.of(patient)
        .kept()
        .filter(analyte__in={trace.analyte for trace in wanted}, collected_on__in={t.on for t in wanted})
        .exclude(pk=besides)
        .order_by(F("collected_on"), "id")
    )
    return [trace_of(row, edition) for row in rows.values(*FIELDS)]


def _first(trace: Trace, rows: Iterable[Trace], *, exactly: bool) -> Trace | None:
    for row in rows:
        known = (trace.moment, trace.source_id) == (row.moment, row.source_id)
        if (known or not exactly) and repeats(trace, row):
            return row
    return None


def _fits(one: object, other: object) -> bool:
    return not one or not other or one == other


def _one_series_and_day(one: Trace, other: Trace) -> bool:
    same = ("analyte", "specimen", "series", "on", "unit")
    return (
        all(getattr(one, name) == getattr(other, name) for name in same)
        and {one.precision, other.precision} <= _OF_A_DAY
    )


def _apart(one: Trace, other: Trace, share: Decimal) -> bool:
    """Whether the larger is more than ``share`` above the smaller, whatever their bounds allow."""
    if one.bounds is None or other.bounds is None:
        return False
    return any(
        larger.low > smaller.high.times(1 + share)
        for larger, smaller in ((one.bounds, other.bounds), (other.bounds, one.bounds))
    )
