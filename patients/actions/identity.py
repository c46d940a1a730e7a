"""Register a patient and correct who they are."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from accounts.models import Membership
from patients.actions import identifiers, summary
from patients.models import Patient
from patients.partial_dates import Precision


class Identity(TypedDict):
    """Who a patient is. Without ``birth_precision`` the birth date is known to the day."""

    record_number: str
    family_name: str
    given_name: str
    birth_date: date
    birth_precision: NotRequired[str]
    sex: str


class Contact(TypedDict):
    """How the patient and those around them are reached; the columns of models.contact."""

    telephone: str
    email: str
    address: str
    kin_name: str
    kin_relation: str
    kin_telephone: str
    language: str
    needs_interpreter: bool | None
    practitioner_name: str
    practitioner_contact: str


class DuplicateRecordNumberError(Exception):
    """The hospital already has a patient with this record number."""


class StalePatientError(Exception):
    """Somebody saved the patient after this form was opened; ``current`` is what stands now."""

    def __init__(self, current: Patient) -> None:
        self.current = current
        super().__init__(f"patient {current.pk} is at version {current.version}")


@transaction.atomic
def register(
    *,
    identity: Identity,
    number: dict[str, Any] | None = None,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> Patient:
    """Register a patient in the member's hospital; the same submission twice returns the first patient.

    ``number`` is another number of theirs (the values of an Identifier). Raises DuplicateRecordNumberError or
    identifiers.IdentifierTakenError.
    """
    first = Patient.objects.visible_to(by).filter(submission=submission).first()
    if first is not None:
        return first
    patient = Patient(
        hospital=by.hospital, registered_by=by.user, registered_at=now, submission=submission, **identity
    )
    try:
        with transaction.atomic():
            patient.save(force_insert=True)
    except IntegrityError as error:
        return _settle(error, submission=submission, by=by)
    if number:
        own = uuid5(submission, "number")
        identifiers.add(patient=patient, values=number, submission=own, by=by, now=now)
    summary.refresh(patient=patient, now=now)
    return patient


def _settle(error: IntegrityError, *, submission: UUID, by: Membership) -> Patient:
    """A refused insert: our own first click that committed meanwhile, or somebody else's record number."""
    first = Patient.objects.visible_to(by).filter(submission=submission).first()
    if first is not None:
        return first
    if "patient_record_number_is_unique" in str(error):
        raise DuplicateRecordNumberError from error
    raise error


@transaction.atomic
def correct(*, patient: Patient, identity: Identity, expected_version: int, by: Membership) -> Patient:
    """Change identity fields if nobody else did since ``expected_version``.

    Raises StalePatientError with the row as it stands, or DuplicateRecordNumberError.
    """
    values = {"birth_precision": Precision.DAY} | identity
    try:
        return _changed(patient, values, expected_version, by)
    except IntegrityError as error:
        if "patient_record_number_is_unique" in str(error):
            raise DuplicateRecordNumberError from error
        raise


@transaction.atomic
def correct_contact(*, patient: Patient, contact: Contact, expected_version: int, by: Membership) -> Patient:
    """Change how the patient is reached if nobody changed the patient since; else StalePatientError."""
    return _changed(patient, contact, expected_version, by)


def _changed(patient: Patient, values: Mapping[str, Any], expected_version: int, by: Membership) -> Patient:
    locked = Patient.objects.visible_to(by).select_for_update().get(pk=patient.pk)
    if locked.version != expected_version:
        raise StalePatientError(locked)
    for field, value in values.items():
        setattr(locked, field, value)
    locked.version += 1
    with transaction.atomic():
        locked.save()
    return locked
