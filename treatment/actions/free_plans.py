"""Sign a plan in free text, or its next version. What was signed is never changed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from patients.actions import care
from patients.closed import require_in_care
from patients.models import Patient
from treatment.models import FreePlan


class ReplacedMeanwhileError(Exception):
    """Somebody signed a newer version after this form was opened; ``newer`` is it."""

    def __init__(self, newer: FreePlan) -> None:
        self.newer = newer
        super().__init__(f"replaced by {newer.pk}")


@transaction.atomic
def sign(
    *,
    patient: Patient,
    title: str,
    text: str,
    replaces: FreePlan | None,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> FreePlan:
    """The signed plan; the same submission twice returns the first.

    Raises RecordClosedError where the patient is not in care, ReplacedMeanwhileError.
    """
    [locked] = care.lock(patient, by=by)
    require_in_care(locked)
    plans = FreePlan.objects.visible_to(by)
    first: FreePlan | None = plans.filter(submission=submission).first()
    if first is not None:
        return first
    newer: FreePlan | None = plans.filter(replaces=replaces).first() if replaces else None
    if newer is not None:
        raise ReplacedMeanwhileError(newer)
    plan = FreePlan(
        patient=patient,
        hospital_id=patient.hospital_id,
        recorded_by=by.user,
        recorded_at=now,
        submission=submission,
        replaces=replaces,
        version=replaces.version + 1 if replaces else 1,
        title=title,
        text=text,
        signed_at=now,
        signed_by=by.user,
        shown={
            "name": patient.full_name,
            "birth_date": str(patient.born),
            "record_number": patient.record_number,
            "hospital": by.hospital.name,
        },
    )
    plan.save(force_insert=True)
    return plan
