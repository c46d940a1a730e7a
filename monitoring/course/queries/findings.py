"""What the assessments of the disease say of organs, hormones and skin, as points of the timeline."""

from collections.abc import Iterator

from monitoring.course.queries.points import Point
from patients.models import Criterion, DiagnosisAssessment, Patient

# The letters O, E and S of the disease's name that no laboratory measures. What a criterion rests on, such as
# the size of a spleen, stands as words in its evidence.
FOUND = (Criterion.ORGANOMEGALY, Criterion.OVERLOAD, Criterion.ENDOCRINOPATHY, Criterion.SKIN)


def findings_of(patient: Patient) -> list[Point]:
    """Present (1) or absent (0) on the day of each standing assessment, oldest first; unknown is no point."""
    rows = DiagnosisAssessment.objects.of(patient).standing().order_by("assessed_on", "id")
    return [
        point
        for pk, day, *answers in rows.values_list("id", "assessed_on", *FOUND)
        for point in _points(pk, day.isoformat(), answers)
    ]


def _points(pk: int, day: str, answers: list[bool | None]) -> Iterator[Point]:
    for criterion, answer in zip(FOUND, answers, strict=True):
        if answer is not None:
            plain = ("", "", None, None, "", "", "")
            yield Point(pk, str(criterion), day, None, "day", str(int(answer)), *plain)
