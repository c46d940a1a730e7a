"""The one way to a patient's page: find the patient among those the member may see, and note who looked."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from patients.models import AccessEvent, AccessKind, Patient


def load_patient(request: MemberRequest, patient_id: UUID, kind: AccessKind = AccessKind.VIEWED) -> Patient:
    """The patient, after writing an AccessEvent. Raises Http404 for a patient the member may not see.

    Every request is noted, fragments and data included: no header decides what the trail holds.
    """
    member = require_membership(request)
    patient = Patient.objects.visible_to(member).select_related("summary").filter(pk=patient_id).first()
    if patient is None:
        raise Http404("No such patient in this hospital.")
    AccessEvent.objects.create(
        hospital_id=patient.hospital_id,
        patient=patient,
        user=member.user,
        kind=kind,
        address=request.resolver_match.view_name if request.resolver_match else "",
        at=timezone.now(),
    )
    return patient
