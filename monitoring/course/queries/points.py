"""Reads for a patient's course: plain tuples of text straight from the database, no model instances.

A chart wants text and a table page wants fifty of a thousand rows, so dates and numbers become Python values
only where they are computed with. ``benchmarks.timeline`` holds this to its price.
"""

from typing import NamedTuple

from django.db import connection

from patients.models import Patient


class Point(NamedTuple):
    """A result that stands, in the unit it was reported in; dates and numbers as plain text.

    ``on`` is an ISO date, ``at`` hours and minutes; numbers are exact decimals without trailing zeros. Where
    ``precision`` is month or year, ``on`` is only the first day it can have been. ``value`` None: the patient
    was unable.
    """

    id: int
    analyte: str
    on: str
    at: str | None
    precision: str
    value: str | None
    comparator: str
    unit: str
    lower: str | None
    upper: str | None
    specimen: str
    laboratory: str
    method: str


# Row-level security confines it to the hospital, the key to the patient. The order is that of
# monitoring.results.querysets.oldest_first; a test compares the two.
POINTS = """
    SELECT id, analyte, collected_on::text, to_char(collected_at_time, 'HH24:MI'),
           collected_precision, trim_scale(value)::text,
           comparator, unit, trim_scale(lower_limit)::text, trim_scale(upper_limit)::text,
           specimen, laboratory, method
    FROM results_result
    WHERE patient_id = %s AND hospital_id = %s AND (analyte = ANY(%s) OR %s)
      AND state IN ('final', 'corrected') AND (value IS NOT NULL OR unable)
    ORDER BY collected_on, collected_at NULLS FIRST, id
"""


def points_of(patient: Patient, *analytes: str) -> list[Point]:
    """The values of these analytes, or of all, oldest first; the last of a day is the one that counts."""
    with connection.cursor() as cursor:
        cursor.execute(POINTS, [patient.pk, patient.hospital_id, list(analytes), not analytes])
        return list(map(Point._make, cursor.fetchall()))
