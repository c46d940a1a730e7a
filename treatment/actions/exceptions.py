"""Ask a second clinician about an absolute contraindication, and write down the answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import Membership
from guideline.decision import Decision
from patients.models import Patient
from treatment.actions.drafts import locked_draft
from treatment.choice import Chosen, Exclusion
from treatment.models import AbsoluteException, Answer, ExceptionAnswer


class OwnQuestionError(Exception):
    """Whoever asks cannot answer."""


class AnsweredError(Exception):
    """Somebody answered already; ``current`` is what stands."""

    def __init__(self, current: AbsoluteException) -> None:
        self.current = current
        super().__init__(f"exception {current.pk} is {current.answer}")


class MootError(Exception):
    """What was asked about has changed: facts, options or reason."""


@transaction.atomic
def ask(
    *,
    answer: Answer,
    chosen: Chosen,
    excluding: Sequence[Exclusion],
    decision: Decision,
    by: Membership,
    now: datetime,
) -> AbsoluteException:
    """The question about this choice on these facts; asked once, however often it is confirmed."""
    question, _ = AbsoluteException.objects.visible_to(by).get_or_create(
        draft_id=answer.draft_id,
        facts_sha256=decision.facts_sha256,
        choice_version=answer.version,
        defaults={
            "patient_id": answer.patient_id,
            "hospital_id": answer.hospital_id,
            "recorded_by": by.user,
            "recorded_at": now,
            "options": list(chosen.options),
            "arguments": [
                {"option": one.option, "rule": one.argument.rule, "text": one.argument.text}
                for one in excluding
            ],
            "text": chosen.text,
        },
    )
    return question


@transaction.atomic
def answer(
    *,
    exception: AbsoluteException,
    patient: Patient,
    standing: tuple[str, int],
    said: ExceptionAnswer,
    text: str,
    by: Membership,
    now: datetime,
) -> AbsoluteException:
    """Confirm or decline, as another clinician than the one who asked.

    ``standing`` are the facts' fingerprint and the version of the choice as they are now. Raises
    OwnQuestionError, AnsweredError, MootError, and DraftClosedError.
    """
    exception.draft.patient = patient
    locked_draft(exception.draft, by=by)
    locked: AbsoluteException = (
        AbsoluteException.objects.visible_to(by).select_for_update(of=("self",)).get(pk=exception.pk)
    )
    if locked.recorded_by_id == by.user_id:
        raise OwnQuestionError
    if locked.answer:
        raise AnsweredError(locked)
    if standing != (locked.facts_sha256, locked.choice_version):
        raise MootError
    locked.answer, locked.answer_text = said, text
    locked.answered_by, locked.answered_at = by.user, now
    locked.save()
    return locked
