"""Reads over drafts and plans."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Membership
from guideline.edition import Edition
from patients.models import Patient
from treatment.ageing import lapsed_after
from treatment.facts import known_facts
from treatment.models import (
    AbsoluteException,
    Answer,
    Draft,
    DraftState,
    FreePlan,
    Plan,
    PlanStanding,
    StandingState,
)

# What the words about a plan and its standing need.
WITH_STANDING = ("signed_by", "standing__ended_by", "standing__superseded_by")


@dataclass(frozen=True)
class DraftContents:
    """What a draft holds: its answers by question, and what they make known together with the identity.

    ``lapsed`` are the answers that have outlived their validity, with the days they may count: they are no
    facts until they are confirmed.
    """

    draft: Draft
    answers: dict[str, Answer]
    facts: dict[str, object]
    lapsed: dict[str, int]

    def value_of(self, question: str) -> Any:
        """The value of an answer; None when it is missing or *not known*."""
        answer = self.answers.get(question)
        return answer.value if answer else None

    def version_of(self, question: str) -> int:
        """The version a form must name to change the answer; 0 while there is none."""
        answer = self.answers.get(question)
        return answer.version if answer else 0


def open_draft(patient: Patient, member: Membership) -> Draft | None:
    """The patient's draft that is under way, with the people who had it."""
    return (
        Draft.objects.visible_to(member)
        .of(patient)
        .select_related("recorded_by", "handed_to", "handed_by")
        .filter(state=DraftState.OPEN)
        .first()
    )


def contents_of(draft: Draft, patient: Patient, edition: Edition, *, on: date) -> DraftContents:
    """The draft's answers and the facts known on the day ``on`` (one query)."""
    answers = {answer.question: answer for answer in draft.answers.select_related("recorded_by")}
    ages = {question: lapsed_after(answer, edition, on=on) for question, answer in answers.items()}
    lapsed = {question: days for question, days in ages.items() if days is not None}
    values = {question: answer.value for question, answer in answers.items() if question not in lapsed}
    return DraftContents(draft, answers, known_facts(patient, values, on=on), lapsed)


def plans_of(patient: Patient, member: Membership) -> list[Plan]:
    """Signed plans, newest first, without the words they froze."""
    return list(
        Plan.objects.visible_to(member)
        .of(patient)
        .select_related(*WITH_STANDING)
        .defer("facts", "decision", "shown")
        .order_by("-signed_at")
    )


def free_plans_of(patient: Patient, member: Membership) -> list[FreePlan]:
    """Plans in free text, each with the version that replaced it if there is one, newest first."""
    plans = FreePlan.objects.visible_to(member).of(patient).select_related("signed_by", "replaced_by")
    return list(plans.defer("text").order_by("-signed_at"))


def current_standing(patient: Patient, member: Membership, *, lock: bool = False) -> PlanStanding | None:
    """The standing of the plan that holds now, with its plan; with ``lock`` for this transaction alone."""
    standings = PlanStanding.objects.visible_to(member).of(patient).filter(state=StandingState.CURRENT)
    if lock:
        standings = standings.select_for_update(of=("self",))
    found: PlanStanding | None = standings.select_related("plan__signed_by").first()
    return found


def current_plans(member: Membership) -> list[Plan]:
    """The plans that hold, of the patients the member may open, by name."""
    plans = Plan.objects.visible_to(member).filter(standing__state=StandingState.CURRENT)
    return list(
        plans.select_related("patient")
        .defer("shown", "follow_ups")
        .order_by("patient__family_name", "patient__given_name", "patient_id")
    )


def may_be_amended(plan: Plan, member: Membership) -> bool:
    """Whether a next version of the plan can be made: it holds, or it was withdrawn and nothing holds."""
    if plan.standing.state == StandingState.CURRENT:
        return True
    plans = Plan.objects.visible_to(member)
    return (
        plan.standing.state == StandingState.WITHDRAWN
        and not plans.filter(supersedes=plan).exists()
        and current_standing(plan.patient, member) is None
    )


def exception_of(draft: Draft, *, facts_sha256: str, choice_version: int) -> AbsoluteException | None:
    """What a second clinician was asked about this choice on these facts, with the answer if there is one."""
    return (
        AbsoluteException.objects.filter(
            draft=draft, facts_sha256=facts_sha256, choice_version=choice_version
        )
        .select_related("recorded_by", "answered_by")
        .first()
    )


def open_questions(member: Membership) -> QuerySet[AbsoluteException]:
    """What second clinicians of the hospital are asked, oldest first.

    A question about a choice that was changed since is none any more. That the facts changed shows only
    where the question is opened.
    """
    current = Answer.objects.filter(draft=OuterRef("draft"), question="choice").values("version")
    found: QuerySet[AbsoluteException] = (
        AbsoluteException.objects.visible_to(member)
        .filter(answer="", draft__state=DraftState.OPEN, choice_version=Subquery(current))
        .select_related("patient", "recorded_by", "answered_by")
        .order_by("recorded_at")
    )
    return found


def questions_for(member: Membership) -> list[AbsoluteException]:
    """Those of ``open_questions`` that the member may answer: nobody answers what they asked."""
    return list(open_questions(member).exclude(recorded_by=member.user))
