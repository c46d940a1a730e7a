"""Save what was measured at one visit: all of it or nothing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from monitoring.results.actions import nerve, results
from monitoring.results.actions.nerve import NerveEntry
from monitoring.results.actions.results import ResultEntry
from monitoring.results.models import Result
from patients.models import Patient


@transaction.atomic
def record(
    *,
    patient: Patient,
    entries: Sequence[ResultEntry],
    assessment: NerveEntry | None,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> None:
    """Add the results and the neurologic assessment of a visit; the same submission twice adds them once."""
    about = {"patient": patient, "submission": submission, "by": by, "now": now}
    if assessment is None:
        results.record(entries=entries, **about)  # type: ignore[arg-type] # one dict of keywords
    else:
        nerve.assess(entry=assessment, beside=entries, **about)  # type: ignore[arg-type]


def saved_before(*, patient: Patient, submission: UUID, by: Membership) -> bool:
    """Whether this form was saved already: a second click wants the answer of the first, no questions."""
    return Result.objects.visible_to(by).of(patient).filter(submission=submission).exists()
