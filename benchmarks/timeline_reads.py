"""Two ways to read one course: ours, and a select and dump by hand. Import after Django is set up."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db import connection, transaction

from guideline.edition import load_edition
from monitoring.course.presenters.chart import values
from monitoring.course.queries import findings_of, points_of, scans_of
from monitoring.course.series import series_of
from monitoring.results.actions.results import ResultEntry
from patients.models import Patient
from tests.monitoring.entries import entry, recorded
from tests.personas import build_house, registered

SELECT = """
    SELECT collected_on, collected_at_time, value, comparator, unit, specimen, laboratory, method, upper_limit
    FROM results_result WHERE patient_id = %s AND analyte = 'vegf' AND state = 'final'
    ORDER BY collected_on, collected_at_time, id
"""


@dataclass(frozen=True)
class Course:
    """One patient's course, inside a transaction that is rolled back afterwards."""

    patient: Patient

    @classmethod
    @contextmanager
    def of(cls, number: int) -> Iterator[Self]:
        """A course of ``number`` VEGF values in two laboratories, every ninth a bound."""
        with transaction.atomic():
            alice = build_house().alice
            patient = registered(alice)
            recorded(patient, alice, *(_value(place) for place in range(number)))
            yield cls(patient)
            transaction.set_rollback(True)

    def ours(self) -> str:
        points = [*points_of(self.patient), *findings_of(self.patient)]
        return json.dumps(values(series_of(points, load_edition()), scans_of(self.patient)))

    def by_hand(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(SELECT, [self.patient.pk])
            names = [column.name for column in cursor.description or ()]
            return json.dumps([dict(zip(names, row, strict=True)) for row in cursor.fetchall()], default=str)


def _value(place: int) -> ResultEntry:
    day = date(2014, 1, 1) + timedelta(days=place * 4 * 1000 // 5000)
    comparator = "<" if place % 9 == 0 else ""
    laboratory = "AB"[place % 2]
    return entry(str(40 + place * 37 % 1500), day.isoformat(), laboratory=laboratory, comparator=comparator)
