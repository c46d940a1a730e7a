"""A patient goes to another hospital: offered by one, taken by the other, which then has the whole record."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.models import Hospital, Membership
from monitoring.alerts.actions import hand_overs, marks
from monitoring.follow_ups.actions import follow_ups
from patients.actions import care, care_team, summary, transfers
from patients.closed import require_in_care
from patients.models import CareTeamMember, Patient, Transfer, TransferState
from patients.models.care_team import TeamRole


@transaction.atomic
def offer(
    *, patient: Patient, to: Hospital, message: str, submission: UUID, by: Membership, now: datetime
) -> Transfer:
    """Offer a patient of the member's hospital; the same submission twice returns the first.

    Nothing of the record is told but ``message``. Raises RecordClosedError, AlreadyOfferedError.
    """
    [locked] = care.lock(patient, by=by)
    require_in_care(locked)
    return transfers.offer(patient=locked, to=to, message=message, submission=submission, by=by, now=now)


@transaction.atomic
def accept(
    *,
    transfer: Transfer,
    record_number: str,
    responsible: Membership,
    submission: UUID,
    by: Membership,
    now: datetime,
    on: date,
) -> Patient:
    """Take the patient: every row, history included, is the member's hospital's from now on.

    ``responsible`` answers for whatever is planned and leads the care from ``on``; the team of the other
    hospital ended the day before. The plan that holds goes along with its follow-ups and the treatments still
    to come, so that nobody loses a transplantation on the way; the new hospital amends or withdraws it.
    Accepting twice is once. Raises TransferEndedError, RecordNumberTakenError, CollisionError, and
    NotOfThisHospitalError for somebody who cannot be responsible here.
    """
    standing = transfers.lock(transfer, by=by)
    if standing.state == TransferState.ACCEPTED and standing.to_hospital_id == by.hospital_id:
        return transfers.patient_of(standing, by=by)
    taken = transfers.take(transfer=transfer, record_number=record_number, by=by, now=now)
    care_team.end_all(patient=taken, on=on - care_team.ONE_DAY, by=by)
    care_team.assign(
        patient=taken,
        user=responsible.user,
        role=TeamRole.RESPONSIBLE,
        started_on=_first_free_day(taken, on),
        ended_on=None,
        submission=submission,
        by=by,
        now=now,
    )
    follow_ups.hand_over(patient=taken, responsible=responsible.user, by=by)
    summary.refresh(patient=taken, now=now)
    follow_ups.push_overdue(taken.pk)
    hand_overs.end_all(patient=taken)
    marks.mark(patient=taken, now=now)
    return taken


def _first_free_day(patient: Patient, on: date) -> date:
    """``on``, or the day after somebody whose own first day was not before it."""
    last: date | None = CareTeamMember.objects.of(patient).standing().aggregate(last=Max("ended_on"))["last"]
    return on if last is None or last < on else last + care_team.ONE_DAY
