"""Reads over a patient's results."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, When, Window
from django.db.models.functions import Lag

from monitoring.results.models import STANDING, Result
from monitoring.results.querysets import MOMENT
from patients.models import Patient

PAGE_SIZE = 50


@dataclass(frozen=True)
class RecordedResult:
    """A result as charts and courses read it; numbers in the reported ``unit``, nothing converted.

    ``value`` None: the answer is ``text``, or the patient was ``unable``.
    """

    id: int
    analyte: str
    value: Decimal | None
    comparator: str
    unable: bool
    text: str
    unit: str
    specimen: str
    laboratory: str
    method: str
    lower_limit: Decimal | None
    upper_limit: Decimal | None
    collected_on: date
    collected_precision: str
    collected_at_time: time | None


@dataclass(frozen=True)
class EarlierValue:
    """The value before, of the same analyte, specimen, laboratory and method."""

    value: Decimal | None
    comparator: str
    unable: bool
    text: str
    unit: str
    collected_on: date


@dataclass(frozen=True)
class ListedResult:
    result: Result
    earlier: EarlierValue | None


@dataclass(frozen=True)
class ResultPage:
    """Results newest first; ``older`` is what the next page starts after, None at the end."""

    rows: list[ListedResult]
    older: int | None


def results_of(patient: Patient, *analytes: str) -> list[RecordedResult]:
    """Results that stand, of these analytes or of all, oldest first; the last of a day is the one to use."""
    results = Result.objects.of(patient).standing().oldest_first()
    if analytes:
        results = results.filter(analyte__in=analytes)
    return [RecordedResult(*row) for row in results.values_list(*RecordedResult.__annotations__)]


def results_of_many(patient_ids: Collection[UUID]) -> dict[UUID, list[RecordedResult]]:
    """By patient what ``results_of`` reads of one, in one query; nothing for whoever has no result."""
    rows = Result.objects.filter(patient_id__in=patient_ids).standing().oldest_first()
    found: dict[UUID, list[RecordedResult]] = {}
    for patient_id, *row in rows.values_list("patient_id", *RecordedResult.__annotations__).iterator():
        found.setdefault(patient_id, []).append(RecordedResult(*row))
    return found


def page_of_results(patient: Patient, *, analyte: str = "", after: int | None = None) -> ResultPage:
    """One page, newest first, those entered in error among them; ``after`` is a row of the page before."""
    results = Result.objects.of(patient).select_related("recorded_by").newest_first()
    if analyte:
        results = results.of_analyte(analyte)
    if after is not None:
        results = results.alias(moment=MOMENT).filter(_older_than(patient, after))
    found = list(results.annotate(**_earlier_values())[: PAGE_SIZE + 1])
    rows = [ListedResult(result, _earlier(result)) for result in found[:PAGE_SIZE]]
    return ResultPage(rows, rows[-1].result.pk if len(found) > PAGE_SIZE else None)


def known_words(patient: Patient, field: str) -> list[str]:
    """The laboratories or methods that this patient's results already name."""
    rows = Result.objects.of(patient).exclude(**{field: ""})
    return list(rows.order_by(field).values_list(field, flat=True).distinct())


def measures_of(patient: Patient) -> list[str]:
    """What was ever measured in this patient, by key."""
    return list(Result.objects.of(patient).order_by("analyte").values_list("analyte", flat=True).distinct())


def _older_than(patient: Patient, pk: int) -> Q:
    """Rows after row ``pk`` in a list that runs newest first; every row if it is none of the patient's."""
    row = Result.objects.of(patient).filter(pk=pk).values_list("collected_on", MOMENT, "id").first()
    if row is None:
        return Q()
    day, moment, number = row
    same_day = Q(collected_on=day)
    return (
        Q(collected_on__lt=day) | same_day & Q(moment__lt=moment) | same_day & Q(moment=moment, id__lt=number)
    )


def _earlier_values() -> dict[str, Any]:
    """For each row the fields of the one before it in its series; what does not stand is apart."""
    stands = Q(state__in=STANDING)
    same = [F(name) for name in ("analyte", "specimen", "laboratory", "method")]
    series: list[Any] = [*same, Case(When(stands, then=1), default=0)]
    order = [F("collected_on").asc(), MOMENT.asc(), F("id").asc()]
    return {
        f"earlier_{name}": Window(Lag(name), partition_by=series, order_by=order)
        for name in EarlierValue.__annotations__
    }


def _earlier(result: Any) -> EarlierValue | None:
    if result.earlier_collected_on is None or result.state not in STANDING:
        return None
    return EarlierValue(*(getattr(result, f"earlier_{name}") for name in EarlierValue.__annotations__))
