"""A signed-in clinician who opens pages, in the benchmark's own database. Import after Django is set up."""

from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone

from accounts.middleware import MemberRequest
from accounts.permissions import POLICY, Permission
from patients.models import Patient
from patients.presenters import identity_strip
from poems_site.urls import urlpatterns as product
from tests import personas
from tests.personas import House

settings.ROOT_URLCONF = __name__
POLICY["bench_shell"] = Permission.VIEW_PATIENTS


def bare_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def shell_view(request: MemberRequest) -> HttpResponse:
    """base_patient.html as it is, with one patient found by key."""
    patient = Patient.objects.visible_to(request.membership).order_by("search_key", "id")[:1].get()
    return render(
        request, "base_patient.html", {"identity": identity_strip(patient, on=timezone.localdate())}
    )


urlpatterns = [
    path("bench/bare/", bare_view, name="bench_bare"),
    path("bench/shell/", shell_view, name="bench_shell"),
    path("", include(product)),
]


@dataclass
class Pages:
    """The clinician's browser and the first patient."""

    client: Client
    bare_client: Client
    patient: Patient
    house: House

    def bare(self) -> bytes:
        return self.bare_client.get("/bench/bare/", headers={"host": "localhost"}).content

    def get(self, address: str) -> bytes:
        response = self.client.get(address, headers={"host": "localhost"})
        assert response.status_code == 200, (address, response.status_code)
        return response.content

    def queries(self, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.get(address)
        return len(captured)

    def patient_path(self, page: str) -> str:
        return f"/patients/{self.patient.pk}/{page}"


def signed_in_house(*, patients: int) -> Pages:
    """Two hospitals, ``patients`` patients in the first, and Alice signed in."""
    with transaction.atomic():
        house = personas.build_house()
        rows = [
            personas.registered(
                house.alice, record_number=f"A-{number}", family_name=f"Name{uuid4().hex[:6]}"
            )
            for number in range(patients)
        ]
    with override_settings(MIDDLEWARE=[]):
        bare = Client()
        bare.get("/bench/bare/", headers={"host": "localhost"})  # the handler loads its middleware once
    return Pages(client=personas.signed_in(house.alice), bare_client=bare, patient=rows[0], house=house)
