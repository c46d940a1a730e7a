"""A death: the record is closed, and nothing of it is awaited, reminded of or planned any more."""

from datetime import datetime

from django.db import transaction

from accounts.models import Membership
from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.models import Reason
from patients.actions import care, planned, transfers
from patients.actions.care import Death
from patients.models import Care, Patient
from treatment.actions import drafts

DIED = "The patient died"


@transaction.atomic
def record_death(
    *, patient: Patient, death: Death, expected_version: int, by: Membership, now: datetime
) -> Patient:
    """Close the record of somebody who died, or correct what is known of the death.

    The same twice changes nothing. Open follow-ups are closed with the reason *died*, treatments still to
    come are cancelled, an open draft is discarded, an offer to another hospital withdrawn. Raises
    StalePatientError and RecordClosedError as ``patients.actions.care.write_death`` does.
    """
    locked = care.write_death(patient=patient, death=death, expected_version=expected_version, by=by, now=now)
    follow_ups.close_all(patient=locked, reason=Reason.DIED, by=by, now=now)
    planned.cancel_all(patient=locked, why=DIED, by=by, now=now)
    drafts.discard_open(patient=locked, by=by, now=now)
    transfers.withdraw_open(patient=locked, by=by, now=now)
    return locked


@transaction.atomic
def take_back_death(*, patient: Patient, by: Membership, now: datetime) -> Patient:
    """Undo a death that was entered by mistake: what it closed is open again; twice is once.

    Follow-ups that fell due meanwhile are overdue now, as they would have been.
    """
    [locked] = care.lock(patient, by=by)
    closed_at = locked.care_ended_at
    if locked.care != Care.DECEASED or closed_at is None:
        return locked
    reopened = care.reopen(patient=locked, by=by)
    follow_ups.plan_again(patient=locked, reason=Reason.DIED, closed_at=closed_at, by=by, now=now)
    planned.plan_again(patient=locked, cancelled_at=closed_at, by=by)
    drafts.open_again(patient=locked, closed_at=closed_at, by=by, now=now)
    return reopened
