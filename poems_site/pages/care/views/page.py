"""The calm page on which care of a patient ends, moves or comes together."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from patients.closed import death_in_words
from patients.loader import load_patient
from patients.models import Care, Patient
from patients.presenters import identity_strip


@require_GET
def show(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    context = {
        "may_edit": require_membership(request).may(Permission.EDIT_PATIENTS),
        "died": death_in_words(patient) if patient.care == Care.DECEASED else "",
    }
    return render(request, "care/page.html", frame(patient) | context)


def frame(patient: Patient) -> dict[str, Any]:
    """What every page about the care of one patient shows."""
    return {"patient": patient, "identity": identity_strip(patient, on=timezone.localdate())}
