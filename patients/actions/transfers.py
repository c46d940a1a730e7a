"""Offer a patient to another hospital, and answer or take back an offer."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from accounts.models import Hospital, Membership
from patients.models import Patient, Transfer, TransferState


class AlreadyOfferedError(Exception):
    """The patient is offered to a hospital already; ``standing`` is that offer."""

    def __init__(self, standing: Transfer) -> None:
        self.standing = standing
        super().__init__(f"transfer {standing.pk} is open")


class TransferEndedError(Exception):
    """The offer was accepted, rejected or withdrawn meanwhile; ``current`` is what stands now."""

    def __init__(self, current: Transfer) -> None:
        self.current = current
        super().__init__(f"transfer {current.pk} is {current.state}")


class RecordNumberTakenError(Exception):
    """The receiving hospital has given this record number to somebody else."""


class CollisionError(Exception):
    """The record holds a number that belongs to another patient of the receiving hospital."""


@transaction.atomic
def offer(
    *, patient: Patient, to: Hospital, message: str, submission: UUID, by: Membership, now: datetime
) -> Transfer:
    """Offer a locked patient in care; the same submission twice is once. Raises AlreadyOfferedError."""
    offers = Transfer.objects.from_hospital_of(by)
    first: Transfer | None = offers.filter(submission=submission).first()
    if first is not None:
        return first
    standing = offers.open().filter(patient=patient).select_related("to_hospital", "offered_by").first()
    if standing is not None:
        raise AlreadyOfferedError(standing)
    return Transfer.objects.create(
        from_hospital_id=patient.hospital_id,
        to_hospital=to,
        patient=patient,
        message=message,
        offered_at=now,
        offered_by=by.user,
        submission=submission,
    )


@transaction.atomic
def withdraw(*, transfer: Transfer, by: Membership, now: datetime) -> Transfer:
    """Take the hospital's own offer back; twice is once. Raises TransferEndedError."""
    return _end(lock(transfer, by=by), TransferState.WITHDRAWN, by=by, now=now)


@transaction.atomic
def reject(*, transfer: Transfer, answer: str, by: Membership, now: datetime) -> Transfer:
    """Turn an offer to the member's hospital down; twice is once. Raises TransferEndedError."""
    locked = lock(transfer, by=by)
    locked.answer = answer
    return _end(locked, TransferState.REJECTED, by=by, now=now)


@transaction.atomic
def withdraw_open(*, patient: Patient, by: Membership, now: datetime) -> None:
    """Take back what is still offered of a patient whose record closes."""
    for standing in Transfer.objects.from_hospital_of(by).open().filter(patient=patient).select_for_update():
        _end(standing, TransferState.WITHDRAWN, by=by, now=now)


@transaction.atomic
def take(*, transfer: Transfer, record_number: str, by: Membership, now: datetime) -> Patient:
    """Accept: the patient and every row about them become the member's hospital's.

    Raises TransferEndedError, RecordNumberTakenError, CollisionError.
    """
    locked = lock(transfer, by=by)
    if locked.state != TransferState.OFFERED:
        raise TransferEndedError(locked)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT poems_accept_transfer(%s, %s, %s, %s)", [locked.pk, record_number, by.user_id, now]
            )
    except IntegrityError as error:
        if "patient_record_number_is_unique" in str(error):
            raise RecordNumberTakenError from error
        raise CollisionError from error
    return patient_of(locked, by=by)


def patient_of(transfer: Transfer, *, by: Membership) -> Patient:
    """The patient who was taken."""
    # By hospital: whoever accepts need not be on the team that the patient gets.
    patients = Patient.objects.filter(hospital_id=by.hospital_id).select_related("summary")
    taken: Patient = patients.get(pk=transfer.patient_id)
    return taken


def lock(transfer: Transfer, *, by: Membership) -> Transfer:
    """The offer as it stands, held until the transaction ends."""
    locked: Transfer = Transfer.objects.visible_to(by).select_for_update().get(pk=transfer.pk)
    return locked


def _end(transfer: Transfer, state: TransferState, *, by: Membership, now: datetime) -> Transfer:
    if transfer.state == state:
        return transfer
    if transfer.state != TransferState.OFFERED:
        raise TransferEndedError(transfer)
    transfer.state, transfer.ended_at, transfer.ended_by = state, now, by.user
    transfer.save()
    return transfer
