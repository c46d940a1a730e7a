"""A hospital full of patients, and a clinician who lists and searches them. Import after Django is set up."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import connections, transaction
from django.test import Client

from accounts.models import Hospital
from accounts.roles import Role
from accounts.scope import enter_hospital
from patients.models import Patient, PatientSummary
from tests.personas import member, signed_in

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
AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
NEXT = re.compile(r'rel="next" href="([^"]+)"')


@dataclass
class Crowd:
    """A clinician's browser in a hospital of so many patients."""

    client: Client
    next_address: str = ""

    @classmethod
    def of(cls, number: int, *, hospital: str) -> Self:
        with transaction.atomic():
            place = Hospital.objects.create(name=f"Hospital {hospital}", time_zone="Europe/Berlin")
            clinician = member(f"Clinician{hospital} Bench", place, [Role.CLINICIAN])
            enter_hospital(place.pk)
            patients = Patient.objects.bulk_create(
                Patient(
                    hospital=place,
                    record_number=f"A-{position:05}",
                    family_name=f"{FAMILY[position % len(FAMILY)]}-{position:x}",
                    given_name=GIVEN[position // len(FAMILY) % len(GIVEN)],
                    birth_date=date(1940, 1, 1) + timedelta(days=position % 20_000),
                    sex="unknown",
                    registered_at=AT,
                    registered_by=clinician.user,
                    submission=uuid4(),
                )
                for position in range(number)
            )
            PatientSummary.objects.bulk_create(
                PatientSummary(patient=patient, hospital=place, extent="localized", computed_at=AT)
                for patient in patients
            )
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
        crowd = cls(signed_in(clinician))
        crowd.next_address = _next(crowd.listed())
        return crowd

    def listed(self) -> str:
        return self._page("/patients/")

    def next_page(self) -> str:
        return self._page(self.next_address)

    def found(self, text: str) -> str:
        response = self.client.post("/patients/", {"q": text}, headers={"host": "localhost"})
        assert response.status_code == 200
        return response.content.decode()

    def _page(self, address: str) -> str:
        response = self.client.get(address, headers={"host": "localhost"})
        assert response.status_code == 200, (address, response.status_code)
        return response.content.decode()


def _next(page: str) -> str:
    found = NEXT.search(page)
    assert found, "the list has no next page"
    return (
        "/patients/" + found[1].replace("&amp;", "&")
        if found[1].startswith("?")
        else found[1].replace("&amp;", "&")
    )
