"""Break the glass, and put it back."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower

from accounts.models import Membership
from accounts.roles import Role
from patients.actions.corrections import about
from patients.emails import send_emergency_notice
from patients.models import EmergencyAccess, Patient, TeamRole
from patients.models.emergency import LASTS
from patients.querysets import places_today

# Who is told at once, if the patient's team has somebody in that role.
TOLD = (TeamRole.RESPONSIBLE, TeamRole.COVER, TeamRole.DEPUTY)


class NoHiddenRecordError(Exception):
    """No record with this number is closed to the member; ``patient`` is one that is open to them, if any."""

    def __init__(self, patient: Patient | None) -> None:
        self.patient = patient
        super().__init__("no hidden record with this number")


@transaction.atomic
def open_record(
    *, record_number: str, reason: str, text: str, submission: UUID, by: Membership, now: datetime
) -> EmergencyAccess:
    """Open the record with exactly this number for ``LASTS``; those who look after the patient are told.

    The same submission twice, and a record that is open to the member this way already, give the first.
    Raises NoHiddenRecordError.
    """
    first = EmergencyAccess.objects.of_person(by).filter(submission=submission).first()
    if first is not None:
        return first
    numbered = Patient.objects.annotate(number=Lower("record_number")).filter(number=record_number.lower())
    patient = numbered.hidden_from(by).select_for_update(no_key=True).first()
    if patient is None:
        raise NoHiddenRecordError(numbered.visible_to(by).first())
    run_out = EmergencyAccess.objects.of_person(by).of(patient).filter(ended_at=None)
    run_out.update(ended_at=now, ended_by=by.user)
    access = EmergencyAccess.objects.create(
        **about(patient, by, now), reason=reason, text=text, until=now + LASTS, submission=submission
    )
    _tell(access, by)
    return access


@transaction.atomic
def end(*, access: EmergencyAccess, by: Membership, now: datetime) -> None:
    """End one's own access before its time; twice is once."""
    standing = EmergencyAccess.objects.of_person(by).filter(pk=access.pk, ended_at=None)
    standing.update(ended_at=now, ended_by=by.user)


def _tell(access: EmergencyAccess, by: Membership) -> None:
    """Mail those who look after the patient, else the lead clinician, and the admins, after the commit.

    A mail server that does not answer keeps nobody from a record in an emergency: the access stands on the
    pages of both all the same.
    """
    hospital = by.hospital
    team = places_today(hospital).filter(patient=access.patient_id, role__in=TOLD)
    clinicians = set(team.values_list("user_id", flat=True)) or {hospital.lead_clinician_id}
    members = Membership.objects.visible_to(by).active().select_related("user")
    for member in members.exclude(user=by.user).order_by("pk"):
        if member.user_id in clinicians:
            page = "emergency:list"
        elif Role.HOSPITAL_ADMIN in member.roles:
            page = "emergency:log"
        else:
            continue
        send = partial(send_emergency_notice, hospital=hospital, to=member.user.email, page=page)
        transaction.on_commit(send, robust=True)
