"""The one way to a patient's page: find the patient among those the member may see, and note who looked."""

from uuid import UUID

from django.http import Http404

from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from accounts.trail.requests import note, note_grant
from patients.changed import tell_when_committed
from patients.closed import require_changeable, require_in_care
from patients.models import EmergencyAccess, Patient
from patients.querysets import sees_every_patient


def load_patient(request: MemberRequest, patient_id: UUID, kind: AccessKind = AccessKind.VIEWED) -> Patient:
    """The patient, noted for the access trail. Raises Http404 for a patient the member may not see.

    Every request is noted, fragments and data included: no header decides what the trail holds. To change
    something (``AccessKind.CHANGED``) raises RecordClosedError for a merged record; while a change is posted,
    the patient's row is locked, so that death, merge and transfer wait for it, and it for them.
    """
    member = require_membership(request)
    patients = Patient.objects.visible_to(member).select_related("summary")
    if request.method == "POST" and kind == AccessKind.CHANGED:
        patients = patients.select_for_update(of=("self",), no_key=True)
    patient = patients.filter(pk=patient_id).first()
    if patient is None:
        raise Http404("No such patient in this hospital.")
    _note_emergency(request, member, patient)
    note_access(request, patient, kind)
    if kind == AccessKind.CHANGED:
        require_changeable(patient)
        if request.method == "POST":
            tell_when_committed(patient.hospital_id)
    return patient


def _note_emergency(request: MemberRequest, member: Membership, patient: Patient) -> None:
    """Whether the record is open only because the member broke the glass: the page says so, and the trail."""
    if sees_every_patient(member):
        return
    request.emergency = EmergencyAccess.objects.of_person(member).in_force().of(patient).first()
    if request.emergency is not None:
        note_grant(request, request.emergency.pk)


def note_access(request: MemberRequest, patient: Patient, kind: AccessKind) -> None:
    """The trail will say that the member did this with the patient's record on this page."""
    note(request, kind, patient_id=patient.pk)


def load_patient_in_care(request: MemberRequest, patient_id: UUID) -> Patient:
    """The patient, to plan something for. Raises Http404, or RecordClosedError for whoever is not in care."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    require_in_care(patient)
    return patient
