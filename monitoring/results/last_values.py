"""What was measured last, in each series: what a form shows beside the field for the next value."""

from collections.abc import Iterable
from datetime import date

from monitoring.results.models import NerveAssessment, Result
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
