"""Confirm a choice: the answer, an event for each of its options, and the question to a second clinician."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import Membership
from guideline.decision import Decision
from guideline.edition import Edition
from treatment.actions import drafts, exceptions
from treatment.choice import QUESTION, Chosen, Exclusion, exclusions, kind_of
from treatment.models import Answer, ChoiceEvent, ChoiceKind, Draft
from treatment.words import BESIDE

ADJUNCT_RADIATION = "adjunct_radiation"
AGAINST = ("against", "excludes")


@transaction.atomic
def confirm(
    *,
    draft: Draft,
    chosen: Chosen,
    version: int,
    decision: Decision,
    edition: Edition,
    by: Membership,
    now: datetime,
) -> Answer:
    """Store a complete choice as confirmed and note it; the same choice again is noted once.

    Where an absolute contraindication stands against it, a second clinician is asked. Raises
    StaleAnswerError, DraftClosedError.
    """
    answer = drafts.answer_whole(
        draft=draft, question=QUESTION, value=chosen.as_plain(), version=version, by=by, now=now
    )
    excluding = exclusions(chosen, decision, edition)
    found = list(_events(answer, chosen, decision, excluding))
    for event in found:
        event.recorded_by, event.recorded_at = by.user, now
    ChoiceEvent.objects.bulk_create(found, ignore_conflicts=True)
    if excluding:
        exceptions.ask(answer=answer, chosen=chosen, excluding=excluding, decision=decision, by=by, now=now)
    return answer


def _events(
    answer: Answer, chosen: Chosen, decision: Decision, excluding: Sequence[Exclusion]
) -> Iterator[ChoiceEvent]:
    options = [*chosen.options, *([ADJUNCT_RADIATION] if chosen.adjunct_radiation else [])]
    for place, option in enumerate(options):
        beside = option in BESIDE or option == ADJUNCT_RADIATION
        kind = ChoiceKind.BESIDE if beside else kind_of(option, decision)
        yield ChoiceEvent(
            draft_id=answer.draft_id,
            patient_id=answer.patient_id,
            hospital_id=answer.hospital_id,
            choice_version=answer.version,
            place=place,
            kind=kind,
            option=option,
            name=chosen.name if option in BESIDE else "",
            status="" if beside else decision.option(option).status,
            overridden=_overridden(option, decision, excluding) if kind != ChoiceKind.FOLLOWS else [],
            reason=chosen.reason,
            text=chosen.text,
            facts_sha256=decision.facts_sha256,
            content_version=decision.content.version,
        )


def _overridden(option: str, decision: Decision, excluding: Sequence[Exclusion]) -> list[dict[str, object]]:
    """What stands against the option; of a trial or another regimen, against a drug in its name."""
    arguments = [one.argument for one in excluding if one.option == option]
    if option not in (*BESIDE, ADJUNCT_RADIATION) and kind_of(option, decision) == ChoiceKind.LEAVES:
        arguments = [one for one in decision.option(option).arguments if one.direction in AGAINST]
    return [{"rule": one.rule, "text": one.text, "absolute": one.absolute} for one in arguments]
