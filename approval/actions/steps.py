"""Submit content, approve it by a second person, retire it, remark on it. A second call changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from approval.models import Step, StepKind, Version
from approval.queries import kept, last_kept_before
from approval.reading import entries_of, from_plain
from guideline import ENGINE_VERSION
from guideline.edition import Edition


class StepRefusedError(Exception):
    """The step was not taken; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


CHANGED = "Somebody took a step after you opened this page. Nothing was changed; this is how it stands now."
OWN = "You submitted this content yourself. Somebody else has to approve it."
NOT_IN_USE = (
    "The content in use is no longer the one that was submitted, so an approval would be of something else. "
    "Submit the content in use."
)
OUT_OF_ORDER: dict[str, str] = {
    StepKind.SUBMITTED: "This content is submitted already.",
    StepKind.APPROVED: "This content is not waiting for an approval.",
    StepKind.RETIRED: "This content is neither submitted nor approved, so there is nothing to retire.",
}
ALLOWED: dict[str, Sequence[str]] = {
    StepKind.SUBMITTED: ("", StepKind.RETIRED),
    StepKind.APPROVED: (StepKind.SUBMITTED,),
    StepKind.RETIRED: (StepKind.SUBMITTED, StepKind.APPROVED),
}


@transaction.atomic
def submit(
    *, edition: Edition, seen: int, comment: str, submission: UUID, by: Membership, now: datetime
) -> Step:
    """Ask another reviewer to approve exactly this content, and keep its words. Raises StepRefusedError."""
    version = kept(edition) or _keep(edition, by=by, now=now)
    return take(
        StepKind.SUBMITTED, version=version, seen=seen, comment=comment, submission=submission, by=by, now=now
    )


@transaction.atomic
def approve(
    *,
    version: Version,
    edition: Edition,
    seen: int,
    comment: str,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> Step:
    """Approve what somebody else submitted, if ``edition`` is still exactly that. Raises StepRefusedError."""
    if (version.digest, version.engine) != (edition.digest, ENGINE_VERSION):
        raise StepRefusedError(NOT_IN_USE)
    return take(
        StepKind.APPROVED, version=version, seen=seen, comment=comment, submission=submission, by=by, now=now
    )


@transaction.atomic
def take(
    kind: StepKind,
    *,
    version: Version,
    seen: int,
    comment: str,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> Step:
    """Add a step to the version; the same ``submission`` gives the same step.

    ``seen`` is the number of the last step the person saw (0 for none). Raises StepRefusedError.
    """
    steps = list(version.steps.select_related("made_by").order_by("number"))
    for step in steps:
        if step.submission == submission:
            return step
    if len(steps) != seen:
        raise StepRefusedError(CHANGED)
    last = next((step for step in reversed(steps) if step.kind != StepKind.REMARKED), None)
    if kind == StepKind.APPROVED and last is not None and last.made_by_id == by.user_id:
        raise StepRefusedError(OWN)
    if kind in ALLOWED and (last.kind if last else "") not in ALLOWED[kind]:
        raise StepRefusedError(OUT_OF_ORDER[kind])
    try:
        with transaction.atomic():
            return Step.objects.create(
                version=version,
                number=seen + 1,
                kind=kind,
                comment=comment,
                hospital_id=by.hospital_id,
                made_at=now,
                made_by=by.user,
                submission=submission,
            )
    except IntegrityError as raced:
        raise StepRefusedError(CHANGED) from raced


def _keep(edition: Edition, *, by: Membership, now: datetime) -> Version:
    """The version with every word of it; two who submit at once keep one."""
    before = last_kept_before(edition)
    words = entries_of(edition, from_plain(before.words) if before else ())
    version, _ = Version.objects.get_or_create(
        digest=edition.digest,
        engine=ENGINE_VERSION,
        defaults={
            "content": edition.id,
            "name": edition.version,
            "title": edition.header.title,
            "note": edition.header.note,
            "published_on": edition.header.published_on,
            "words": [asdict(entry) for entry in words],
            "kept_at": now,
            "kept_by": by.user,
        },
    )
    return version
