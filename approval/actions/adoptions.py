"""A hospital takes over an approval, or no longer does."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from approval.actions.steps import CHANGED, StepRefusedError
from approval.models import Adoption, StepKind, Version
from approval.queries import last_adoption

NOT_APPROVED = "This content is not approved, so the hospital cannot adopt it."
NOTHING_TO_END = "The hospital has not adopted this content, so there is nothing to end."


@transaction.atomic
def adopt(
    *, version: Version, seen: int, comment: str, submission: UUID, by: Membership, now: datetime
) -> Adoption:
    """From now on the approval of ``version`` counts at the person's hospital. Raises StepRefusedError.

    ``seen`` is the number of the hospital's last adoption as the person saw it, 0 for none.
    """
    last = version.steps.decisive().newest_first().first()
    if last is None or last.kind != StepKind.APPROVED:
        raise StepRefusedError(NOT_APPROVED)
    return _add(last.pk, seen=seen, comment=comment, submission=submission, by=by, now=now)


@transaction.atomic
def end(
    *, version: Version, seen: int, comment: str, submission: UUID, by: Membership, now: datetime
) -> Adoption:
    """From now on nothing counts as approved at the person's hospital. Raises StepRefusedError."""
    last = last_adoption(by.hospital_id)
    is_adopted = last is not None and last.approval is not None and last.approval.version_id == version.pk
    if not is_adopted and not Adoption.objects.filter(submission=submission).exists():
        raise StepRefusedError(NOTHING_TO_END)
    return _add(None, seen=seen, comment=comment, submission=submission, by=by, now=now)


def _add(
    approval_id: int | None, *, seen: int, comment: str, submission: UUID, by: Membership, now: datetime
) -> Adoption:
    already = Adoption.objects.filter(submission=submission, hospital=by.hospital_id).first()
    if already is not None:
        return already
    last = last_adoption(by.hospital_id)
    if (last.number if last else 0) != seen:
        raise StepRefusedError(CHANGED)
    try:
        with transaction.atomic():
            return Adoption.objects.create(
                hospital_id=by.hospital_id,
                number=seen + 1,
                approval_id=approval_id,
                comment=comment,
                made_at=now,
                made_by=by.user,
                submission=submission,
            )
    except IntegrityError as raced:
        raise StepRefusedError(CHANGED) from raced
