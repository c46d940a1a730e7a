"""A hospital whose patients have courses. Import after Django is set up."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db import connections, transaction

from accounts.models import Membership
from accounts.scope import enter_hospital, hospital_scope
from benchmarks.course import KINDS
from monitoring.alerts import sweeping
from monitoring.alerts.models import Alert, Mark
from monitoring.results.actions import bulk
from monitoring.results.actions.results import ResultEntry
from monitoring.results.models import PetScan
from patients.models import Patient, PatientSummary, Treatment
from tests import personas
from tests.monitoring.entries import entry

FIRST_DAY = date(2022, 1, 3)
LATEST = datetime(2026, 5, 4, 9, tzinfo=UTC)
VALUES = 100
SLICE = 250


@dataclass
class Courses:
    """Alice's hospital, a quarter of its patients after radiation, the others in a line of drugs."""

    by: Membership

    @classmethod
    def of(cls, number: int) -> "Courses":
        with transaction.atomic():
            courses = cls(personas.build_house().alice)
        for start in range(0, number, SLICE):
            with transaction.atomic():
                enter_hospital(courses.by.hospital_id)
                courses._add(range(start, min(start + SLICE, number)))
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
        return courses

    def read(self, day: int) -> int:
        now = LATEST + timedelta(days=day)
        return sum(
            iter(lambda: sweeping.read_hospital(hospital_id=self.by.hospital_id, clock=lambda: now), 0)
        )

    def alerts(self) -> int:
        with hospital_scope(self.by.hospital_id, actor="benchmark"):
            return Alert.objects.open().count()

    def _add(self, places: range) -> None:
        rows = [self._patient(place) for place in places]
        Patient.objects.bulk_create(rows)
        PatientSummary.objects.bulk_create(
            PatientSummary(patient=row, hospital=self.by.hospital, computed_at=LATEST) for row in rows
        )
        Treatment.objects.bulk_create(self._treatment(row, n) for n, row in enumerate(rows))
        PetScan.objects.bulk_create(self._scan(row, year) for row in rows for year in (2021, 2023, 2024))
        writer = bulk.Writer(submission=uuid4(), by=self.by, now=LATEST)
        chance = random.Random(places.start)  # noqa: S311 - a fixed sequence, not a secret
        for row in rows:
            writer.add([(row.pk, _value(place, chance)) for place in range(VALUES)])
        Mark.objects.all().delete()

    def _patient(self, place: int) -> Patient:
        return Patient(
            hospital=self.by.hospital,
            record_number=f"C-{place:05}",
            given_name="Maria",
            family_name=f"Name-{place:x}",
            birth_date=date(1960, 1, 1),
            sex="female",
            registered_at=LATEST,
            registered_by=self.by.user,
            submission=uuid4(),
        )

    def _about(self, patient: Patient) -> dict[str, object]:
        return {
            "patient": patient,
            "hospital_id": self.by.hospital_id,
            "recorded_by": self.by.user,
            "recorded_at": LATEST,
            "submission": uuid4(),
        }

    def _treatment(self, patient: Patient, place: int) -> Treatment:
        radiation = place % 4 == 0
        return Treatment(
            **self._about(patient),  # type: ignore[arg-type] # the columns' own types
            kind="radiation" if radiation else "systemic",
            name="50 Gy" if radiation else "Len-dex",
            intent="definitive" if radiation else "",
            started_on=date(2022, 6, 1),
            ended_on=date(2022, 7, 8),
        )

    def _scan(self, patient: Patient, year: int) -> PetScan:
        return PetScan(
            **self._about(patient),  # type: ignore[arg-type] # the columns' own types
            scanned_on=date(year, 5, 1),
            tracer="fdg",
            sum_suv_max=5,
            avid_lesions=1,
            new_lesion=False,
        )


def _value(place: int, chance: random.Random) -> ResultEntry:
    analyte = chance.choice(sorted(KINDS))
    lowest, highest, more = KINDS[analyte]
    given = {"unit": "", "laboratory": "", "method": "", "upper_limit": None, "specimen": ""} | dict(more)
    day = FIRST_DAY + timedelta(days=15 * place)
    return entry(
        str(chance.randint(lowest, highest)),
        day.isoformat(),
        analyte=analyte,
        **given | {"specimen": "plasma" if analyte == "vegf" else ""},
    )
