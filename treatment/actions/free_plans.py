"""Sign a plan in free text, or its next version. What was signed is never changed."""

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Membership, User
from patients.actions import care
from patients.closed import require_in_care
from patients.models import Patient
from treatment.documents.free_plan import free_plan_pdf
from treatment.models import FreePlan, FreePlanDocument, Paper


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
    keep_documents(plan=plan, by=by.user, now=now)
    return plan


def keep_documents(*, plan: FreePlan, by: User, now: datetime) -> None:
    """Make and store the plan's PDF on every paper; one that is there already stays as it is."""
    about: dict[str, Any] = {"patient_id": plan.patient_id, "hospital_id": plan.hospital_id}
    there = set(plan.documents.values_list("paper", flat=True))
    made = []
    for paper in Paper:
        if paper not in there:
            content = free_plan_pdf(plan, paper)
            sha = sha256(content).hexdigest()
            entered = {"recorded_by": by, "recorded_at": now}
            made.append(
                FreePlanDocument(plan=plan, paper=paper, content=content, sha256=sha, **about, **entered)
            )
    # Two people may ask at once; the first one's document is kept.
    FreePlanDocument.objects.bulk_create(made, ignore_conflicts=True)


def document_of(*, plan: FreePlan, paper: Paper, by: User, now: datetime) -> FreePlanDocument:
    """The stored document; for a plan signed before documents were kept it is made and stored."""
    kept = plan.documents.filter(paper=paper)
    found = kept.first()
    if found is None:
        keep_documents(plan=plan, by=by, now=now)
        found = kept.get()
    return found
