"""What the assessments of the disease say of organs, hormones and skin, as points of the timeline."""

from collections.abc import Iterator

from django.db import connection

from monitoring.course.queries.points import Point
from patients.models import Criterion, Patient

# The letters O, E and S of the disease's name that no laboratory measures. What a criterion rests on, such as
# the size of a spleen, stands as words in its evidence. In the order of the columns below.
FOUND = (Criterion.ORGANOMEGALY, Criterion.OVERLOAD, Criterion.ENDOCRINOPATHY, Criterion.SKIN)


# As with the points: the chart's data may cost little more than to select them.
FINDINGS = """
    SELECT id, assessed_on::text, organomegaly, extravascular_volume_overload, endocrinopathy, skin_changes
    FROM patients_diagnosisassessment
    WHERE patient_id = %s AND hospital_id = %s AND entered_in_error_at IS NULL
    ORDER BY assessed_on, id
"""


def findings_of(patient: Patient) -> list[Point]:
    """Present (1) or absent (0) on the day of each standing assessment, oldest first; unknown is no point."""
    with connection.cursor() as cursor:
        cursor.execute(FINDINGS, [patient.pk, patient.hospital_id])
        rows = cursor.fetchall()
    return [point for pk, day, *answers in rows for point in _points(pk, day, answers)]


def _points(pk: int, day: str, answers: list[bool | None]) -> Iterator[Point]:
    for criterion, answer in zip(FOUND, answers, strict=True):
        if answer is not None:
            plain = ("", "", None, None, "", "", "")
            yield Point(pk, str(criterion), day, None, "day", str(int(answer)), *plain)
