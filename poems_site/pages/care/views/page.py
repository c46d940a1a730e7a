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
from patients.models import Care, Merge, Patient, Transfer
from patients.presenters import identity_strip
from poems_site.pages.care.presenters import past_merges


@require_GET
def show(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    me = require_membership(request)
    offers = Transfer.objects.from_hospital_of(me).open().filter(patient=patient)
    merges = Merge.objects.visible_to(me).of(patient).select_related("merged", "recorded_by", "undone_by")
    context = {
        "may_edit": me.may(Permission.EDIT_PATIENTS),
        "may_transfer": me.may(Permission.TRANSFER_PATIENTS),
        "offer": offers.select_related("to_hospital", "offered_by").first(),
        "merges": past_merges(patient, list(merges.order_by("-recorded_at")), now=timezone.now()),
        "died": death_in_words(patient) if patient.care == Care.DECEASED else "",
    }
    return render(request, "care/page.html", frame(patient) | context)


def frame(patient: Patient) -> dict[str, Any]:
    """What every page about the care of one patient shows."""
    return {"patient": patient, "identity": identity_strip(patient, on=timezone.localdate())}
