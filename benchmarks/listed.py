"""A hospital with many patients, and its list. Import after Django is set up."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import connections, transaction

from accounts.scope import enter_hospital
from benchmarks.pages import Pages, signed_in_house
from patients.models import Patient, PatientSummary
from tests.personas import NOW

FAMILY = (
    "Müller",
    "Schulz",
    "Nowak",
    "Okafor",
    "Haddad",
    "Castro",
    "Lindgren",
    "Brandt",
    "Vasquez",
    "Tanaka",
)
GIVEN = ("Maria", "Zofia", "Jürgen", "Amadou", "Leila", "Ingrid", "Tomasz", "Beatriz", "Kenji", "Ruth")
EXTENTS = ("localized", "disseminated", "undetermined", "")


@dataclass
class Listed:
    """Alice's list."""

    pages: Pages
    number: int
    middle: UUID

    @classmethod
    def of(cls, number: int) -> "Listed":
        listed = cls(signed_in_house(patients=1), 1, uuid4())
        listed.grow_to(number)
        return listed

    def grow_to(self, number: int) -> None:
        """Register until there are ``number``, and let the planner know."""
        with transaction.atomic():
            enter_hospital(self.pages.house.a.pk)
            rows = [self._row(n) for n in range(self.number, number)]
            Patient.objects.bulk_create(rows, batch_size=2000)
            PatientSummary.objects.bulk_create(
                (
                    PatientSummary(
                        patient=row,
                        hospital=self.pages.house.a,
                        computed_at=NOW,
                        extent=EXTENTS[n % len(EXTENTS)],
                        line_number=1,
                        line_name="Len-dex",
                        line_started_on=date(2020, 1, 1) + timedelta(days=n % 2000),
                    )
                    for n, row in enumerate(rows)
                ),
                batch_size=2000,
            )
            self.middle = rows[len(rows) // 2].pk
        self.number = number
        with connections["owner"].cursor() as cursor:  # the application may not, and the planner would guess
            cursor.execute("ANALYZE patients_patient, patients_patientsummary")

    def get(self, query: str) -> bytes:
        return self.pages.get(f"/patients/{query}")

    def search(self, text: str) -> bytes:
        return self.pages.client.post("/patients/", {"q": text}, headers={"host": "localhost"}).content

    def queries(self, query: str) -> int:
        return self.pages.queries(f"/patients/{query}")

    def _row(self, n: int) -> Patient:
        house = self.pages.house
        return Patient(
            hospital=house.a,
            record_number=f"L-{n:05}",
            given_name=GIVEN[n // len(FAMILY) % len(GIVEN)],
            family_name=f"{FAMILY[n % len(FAMILY)]}-{n:x}",
            birth_date=date(1930, 1, 1) + timedelta(days=(n * 7) % 25_000),
            sex="female",
            registered_at=NOW + timedelta(minutes=n),
            registered_by=house.alice.user,
            submission=uuid4(),
        )
