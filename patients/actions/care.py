"""Change whether a patient is in care. What follows in other apps is a matter of poems_site/workflows."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import Membership
from patients.actions.identity import StalePatientError
from patients.closed import require_changeable, require_in_care
from patients.models import Care, Patient
from patients.partial_dates import PartialDate


@dataclass(frozen=True)
class Death:
    """What is known: the day as far as it is (None: not at all) and, perhaps, the cause."""

    day: PartialDate | None
    cause: str = ""


def lock(*patients: Patient, by: Membership) -> list[Patient]:
    """The rows as they stand, in the order given, held until the transaction ends.

    All at once and by id, so that two workflows about the same two patients never wait for each other.
    """
    rows = Patient.objects.visible_to(by).select_for_update().order_by("id")
    locked = {row.pk: row for row in rows.filter(pk__in=[patient.pk for patient in patients])}
    return [locked[patient.pk] for patient in patients]


def death_of(patient: Patient) -> Death:
    """The recorded death of somebody who died."""
    return Death(patient.died, patient.cause_of_death)


@transaction.atomic
def write_death(
    *, patient: Patient, death: Death, expected_version: int, by: Membership, now: datetime
) -> Patient:
    """Note that a patient died, or correct what was noted; the same again changes nothing.

    Raises StalePatientError when somebody saved the patient since ``expected_version``, RecordClosedError for
    a merged record.
    """
    [locked] = lock(patient, by=by)
    require_changeable(locked)
    if locked.care == Care.DECEASED and death_of(locked) == death:
        return locked
    if locked.version != expected_version:
        raise StalePatientError(locked)
    if locked.care == Care.IN_CARE:
        locked.care, locked.care_ended_at, locked.care_ended_by = Care.DECEASED, now, by.user
    locked.died_on = death.day.first if death.day else None
    locked.died_precision = death.day.precision if death.day else ""
    locked.cause_of_death = death.cause
    return _saved(locked)


@transaction.atomic
def close_as_merged(*, patient: Patient, into: Patient, by: Membership, now: datetime) -> Patient:
    """Close a record of which another one of the same person survives. Raises RecordClosedError."""
    [locked] = lock(patient, by=by)
    require_in_care(locked)
    locked.care, locked.care_ended_at, locked.care_ended_by = Care.MERGED, now, by.user
    locked.merged_into = into
    return _saved(locked)


@transaction.atomic
def reopen(*, patient: Patient, by: Membership) -> Patient:
    """Take a death or a merge back: the patient is in care again, as if it had never been."""
    [locked] = lock(patient, by=by)
    locked.care, locked.care_ended_at, locked.care_ended_by = Care.IN_CARE, None, None
    locked.died_on, locked.died_precision, locked.cause_of_death = None, "", ""
    locked.merged_into = None
    return _saved(locked)


def _saved(patient: Patient) -> Patient:
    patient.version += 1
    patient.save()
    return patient
