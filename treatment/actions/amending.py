"""Begin the next version of a signed plan."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Membership
from patients.models import Patient
from treatment.actions import drafts
from treatment.amending import Carried
from treatment.models import Answer, Draft, Plan
from treatment.queries import may_be_amended


class OtherDraftOpenError(Exception):
    """The patient has another open draft, which is finished or discarded first."""


class NotAmendableError(Exception):
    """Another plan holds, or a newer version was signed."""


@transaction.atomic
def amend(
    *,
    plan: Plan,
    patient: Patient,
    carried: Mapping[str, Carried],
    record: Mapping[str, Any],
    by: Membership,
    now: datetime,
) -> Draft:
    """The open draft of the plan's next version, begun now with the ``carried`` answers if there is none.

    Raises NotAmendableError, OtherDraftOpenError.
    """
    if not may_be_amended(plan, by):
        raise NotAmendableError
    draft = drafts.start(patient=patient, record=record, amends=plan.pk, by=by, now=now)
    if draft.amends != plan.pk:
        raise OtherDraftOpenError
    if not draft.answers.exists():  # the second click of a double click finds them written
        Answer.objects.bulk_create(
            Answer(
                draft=draft,
                patient=patient,
                hospital_id=patient.hospital_id,
                recorded_by=by.user,
                recorded_at=now,
                question=question,
                value=answer.value,
                source=answer.source,
                source_on=answer.on,
            )
            for question, answer in carried.items()
        )
    return draft
