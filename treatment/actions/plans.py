"""Sign a draft: freeze what was known, decided and chosen, and hand the follow-ups down. All or nothing."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from accounts.models import Hospital, Membership
from approval.standing import edition_at
from guideline.decide import decide
from guideline.decision import Decision
from guideline.edition import Edition
from guideline.fact_table import FACT
from monitoring.matching.actions import matches
from patients.models import Patient
from treatment import choice, schedule
from treatment.absolute import absolute_of
from treatment.actions.documents import keep_documents
from treatment.actions.drafts import DraftClosedError, close
from treatment.actions.standing import make_current, plan_treatments, schedule_follow_ups
from treatment.actions.writing_back import write_back
from treatment.answering import answering_for
from treatment.approved import refusal
from treatment.calendar import examinations
from treatment.choice import Chosen
from treatment.contraindicated import Guard
from treatment.facts import case_of
from treatment.models import Draft, DraftState, Plan, PlanStanding
from treatment.planned import QUESTION, to_give
from treatment.presenters.decision import decision_shown
from treatment.presenters.frozen import words_to_freeze
from treatment.presenters.review import FollowUpShown, follow_ups_shown
from treatment.presenters.sheet import sheet_said
from treatment.queries import DraftContents, contents_of, current_standing, may_be_amended
from treatment.schedule import Wishes
from treatment.sequence import stored
from treatment.write_back import Writable


class NotReadyError(Exception):
    """The draft cannot be signed; ``sentence`` says what is missing."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class UnseenChangeError(Exception):
    """What would be signed is no longer what the person saw."""


@transaction.atomic
def sign(
    *,
    draft: Draft,
    seen: str,
    edition: Edition,
    by: Membership,
    now: datetime,
    on: date,
    into_the_record: Collection[Writable] = (),
) -> Plan:
    """The signed plan of the draft; a second call returns the first call's plan.

    ``seen`` is the fingerprint (``fingerprint``) of what the person saw on the page they sign. The answers
    ``into_the_record`` are entered there as well: with the signature, since what is not signed may still be
    thinking aloud. Raises NotReadyError, UnseenChangeError, and DraftClosedError for a discarded draft.
    """
    locked: Draft = (
        Draft.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("patient")
        .get(pk=draft.pk)
    )
    if locked.state == DraftState.SIGNED:
        return Plan.objects.visible_to(by).get(draft=locked)
    if not locked.is_open:
        raise DraftClosedError(locked)
    edition = _signable(edition, by)
    contents = contents_of(locked, locked.patient, edition, on=on)
    decision = ready_decision(contents, edition)
    replaced = current_standing(locked.patient, by, lock=True)
    amended = plan_to_amend(locked, replaced, by)
    if seen != fingerprint(contents, decision, replaced):
        raise UnseenChangeError
    answering = answering_for(locked.patient, by, on=on)
    planned = examinations(contents, edition, decision_shown(decision, edition), answering, on=on)
    plan = _frozen(contents, decision, edition, follow_ups_shown(planned, answering), by=by, now=now)
    plan.number, plan.version = _numbers(locked.patient, amended, by)
    plan.supersedes = replaced.plan if replaced else amended
    plan.save(force_insert=True)
    make_current(plan=plan, replaced=replaced, by=by, now=now)
    schedule_follow_ups(
        plan=plan,
        items=[item for _, item in planned],
        replaced=replaced.plan if replaced else None,
        by=by,
        now=now,
        on=on,
    )
    # What was measured in a window that is open already need not be asked for again.
    matches.settle([locked.patient_id], by=by)
    plan_treatments(
        plan=plan,
        items=to_give(contents.value_of(QUESTION)),
        replaced=replaced.plan if replaced else None,
        by=by,
        now=now,
    )
    keep_documents(plan=plan, patient=locked.patient, edition=edition, by=by.user, now=now)
    write_back(draft=locked, answers=into_the_record, by=by, now=now, on=on)
    close(locked, DraftState.SIGNED, by=by, now=now)
    return plan


def _signable(edition: Edition, by: Membership) -> Edition:
    """The content with its review at the hospital. Raises NotReadyError where nothing is signed on it."""
    found = edition_at(by.hospital_id, edition)
    if refused := refusal(by.hospital, found):
        raise NotReadyError(refused)
    return found


def ready_decision(contents: DraftContents, edition: Edition) -> Decision:
    """The decision on the draft's facts. Raises NotReadyError if the draft cannot be signed as it is."""
    if "line" not in contents.facts:
        raise NotReadyError("The position in the course is not answered yet.")
    decision = decide(case_of(contents.facts), edition)
    chosen = Chosen.from_plain(contents.value_of(choice.QUESTION))
    missing = choice.lacks(chosen, decision, edition) or absolute_of(contents, decision, edition).unconfirmed
    missing = missing or Guard(decision, edition, chosen).first(stored(contents.value_of(QUESTION)) or [])
    if missing:
        raise NotReadyError(missing)
    if Wishes.from_plain(contents.value_of(schedule.QUESTION)) is None:
        raise NotReadyError("The follow-up dates are not settled yet.")
    return decision


def plan_to_amend(draft: Draft, current: PlanStanding | None, by: Membership) -> Plan | None:
    """The plan of which the draft is the next version; None for a new plan.

    Raises NotReadyError if another plan has come to hold since the draft was begun.
    """
    if draft.amends is None:
        return None
    amended: Plan = Plan.objects.visible_to(by).select_related("standing", "signed_by").get(pk=draft.amends)
    amended.patient = draft.patient
    if not may_be_amended(amended, by):
        holds = f"{current.plan} holds now" if current else "it was superseded"
        raise NotReadyError(
            f"This draft amends {amended}, but {holds}. Discard the draft and amend the plan that holds."
        )
    return amended


def fingerprint(contents: DraftContents, decision: Decision, replaced: PlanStanding | None) -> str:
    """What identifies everything on the page to be signed: facts, content and its status, the plan replaced,
    and the answers to the wizard's own questions."""
    own = {question: answer.version for question, answer in contents.answers.items() if question not in FACT}
    content = decision.content
    rest = json.dumps([own, str(replaced.plan_id) if replaced else ""], sort_keys=True)
    return f"{decision.facts_sha256}-{content.version}-{content.status}-{sha256(rest.encode()).hexdigest()}"


def _frozen(
    contents: DraftContents,
    decision: Decision,
    edition: Edition,
    follow_ups: Sequence[FollowUpShown],
    *,
    by: Membership,
    now: datetime,
) -> Plan:
    patient = contents.draft.patient
    chosen = Chosen.from_plain(contents.value_of(choice.QUESTION)) or Chosen(())
    absolute = absolute_of(contents, decision, edition)
    planned = [asdict(shown) for shown in follow_ups]
    sheet = sheet_said(
        list(zip(chosen.options, chosen.labels, strict=True)),
        planned,
        edition,
        adjunct_radiation=chosen.adjunct_radiation,
    )
    return Plan(
        draft=contents.draft,
        patient=patient,
        hospital_id=patient.hospital_id,
        recorded_by=by.user,
        recorded_at=now,
        signed_at=now,
        signed_by=by.user,
        facts=dict(decision.facts),
        facts_sha256=decision.facts_sha256,
        decision=decision.as_json(),
        shown=words_to_freeze(contents, decision, edition, absolute) | {"sheet": asdict(sheet)},
        engine=decision.engine,
        content_id=decision.content.id,
        content_version=decision.content.version,
        content_status=decision.content.status,
        options=list(chosen.options),
        option_name=chosen.name,
        adjunct_radiation=chosen.adjunct_radiation,
        exception=absolute.exception,
        reason=chosen.reason,
        reason_text=chosen.text,
        follow_ups=planned,
    )


def _numbers(patient: Patient, amended: Plan | None, by: Membership) -> tuple[int, int]:
    """Number and version: the number of the plan that is amended, or the hospital's next one."""
    # The lock keeps two clinicians of one hospital from taking the same number.
    Hospital.objects.select_for_update(no_key=True).get(pk=by.hospital_id)
    plans = Plan.objects.visible_to(by)
    if amended is not None:
        versions = plans.of(patient).filter(number=amended.number)
        return amended.number, (versions.aggregate(highest=Max("version"))["highest"] or 0) + 1
    return (plans.aggregate(highest=Max("number"))["highest"] or 0) + 1, 1
