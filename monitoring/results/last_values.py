"""What was measured last, in each series: what a form shows beside the field for the next value."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, Value, When

from monitoring.results.models import STANDING, NerveAssessment, Result, State
from monitoring.results.queries import RecordedResult
from monitoring.results.querysets import MOMENT
from patients.models import Patient

SERIES = ("analyte", "specimen", "laboratory", "method")


def last_of_each_series(
    patient: Patient, analytes: Iterable[str], *, before: date | None = None
) -> list[RecordedResult]:
    """The newest standing result of every series of these analytes; the newest day first, then by entry.

    Only those of days ``before`` one, if one is given.
    """
    days = {} if before is None else {"collected_on__lt": before}
    rows = (
        Result.objects.of(patient)
        .standing()
        .filter(analyte__in=list(analytes), **days)
        .order_by(*SERIES, "-collected_on", MOMENT.desc(), "-id")
        .distinct(*SERIES)
        .values_list(*RecordedResult.__annotations__)
    )
    found = [RecordedResult(*row) for row in rows]
    return sorted(found, key=lambda row: (row.collected_on, -row.id), reverse=True)


@dataclass(frozen=True)
class Newest:
    """The newest result of an analyte that stands, and one that came after it and is still preliminary."""

    standing: Result | None = None
    preliminary: Result | None = None


def newest_of_each_analyte(
    patient: Patient, analytes: Iterable[str], *, on: date | None = None
) -> dict[str, Newest]:
    """What was measured last of each analyte in any series, up to the day ``on`` if given; one query."""
    rows = Result.objects.of(patient).kept().filter(analyte__in=list(analytes))
    if on is not None:
        rows = rows.filter(collected_on__lte=on)
    rows = rows.annotate(stands=Case(When(state__in=STANDING, then=Value(1)), default=Value(0)))
    order = ("analyte", "stands", "-collected_on", MOMENT.desc(), "-id")
    newest: dict[str, Newest] = {}
    for row in rows.order_by(*order).distinct("analyte", "stands"):  # the preliminary one comes first
        found = newest.get(row.analyte, Newest())
        if row.state == State.PRELIMINARY:
            newest[row.analyte] = Newest(preliminary=row)
        elif found.preliminary is not None and found.preliminary.collected_on < row.collected_on:
            newest[row.analyte] = Newest(standing=row)
        else:
            newest[row.analyte] = replace(found, standing=row)
    return newest


def versions_used_last(patient: Patient) -> dict[str, str]:
    """The scale versions that this patient's assessments name, the newest of each, by field of the form."""
    rows = NerveAssessment.objects.of(patient).filter(entered_in_error=False)
    versions: dict[str, str] = {}
    for answers in rows.order_by("assessed_on", "id").values_list("answers", flat=True):
        versions |= {name: word for name, word in answers.items() if name.endswith("_version")}
    return versions


def examiners_of(patient: Patient) -> list[str]:
    rows = NerveAssessment.objects.of(patient).exclude(examiner="")
    return list(rows.order_by("examiner").values_list("examiner", flat=True).distinct())
