"""Who works on which draft: whose it is, who else is in it now, to whom it can go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import Membership
from accounts.permissions import Permission
from accounts.trail.models import AccessEvent
from guideline.fact_table import FACT
from patients.models import Care, Patient
from treatment import choice, schedule
from treatment.models import Answer, Draft, DraftState
from treatment.wizard.steps import STEPS, step_asking

# Somebody who opened or saved nothing of a draft for so long has gone.
GONE_AFTER = timedelta(minutes=10)
IN_A_DRAFT = ("treatment:step", "treatment:answer", "treatment:sign")
MOST_LISTED = 200
STEP_OF = {choice.QUESTION: "options", schedule.QUESTION: "follow-up"}


@dataclass(frozen=True)
class Other:
    """Somebody else who is in the draft, and when the house saw them there last."""

    name: str
    seen_at: datetime


def others_in(patient: Patient, member: Membership, *, now: datetime) -> list[Other]:
    """Who else opened or saved a page of the patient's open draft in the last minutes; newest first.

    Read from the trail of who looked at the patient, which notes every request: nothing else is kept for it.
    """
    seen = (
        AccessEvent.objects.filter(
            hospital_id=member.hospital_id,
            patient_id=patient.pk,
            address__in=IN_A_DRAFT,
            at__gte=now - GONE_AFTER,
        )
        .exclude(user=member.user)
        .values("user__full_name")
        .annotate(last=Max("at"))
        .order_by("-last")
    )
    return [Other(row["user__full_name"], row["last"]) for row in seen]


def colleagues_who_plan(member: Membership) -> list[Membership]:
    """Everybody of the hospital who may plan a treatment, the member too, by name."""
    active = Membership.objects.visible_to(member).active().select_related("user")
    return [one for one in active.order_by("user__full_name") if one.may(Permission.PLAN_TREATMENT)]


def open_drafts(member: Membership) -> list[tuple[Draft, str]]:
    """The hospital's drafts that are under way, those of the member first, then what was saved last.

    Each with the step on which somebody worked last.
    """
    found = _under_way(member)[:MOST_LISTED]
    mine_first = sorted(found, key=lambda draft: draft.held_by_id != member.user_id)
    return [(draft, step_to_resume(draft.last_question)) for draft in mine_first]


def own_drafts(member: Membership) -> list[tuple[Draft, str]]:
    """Those of ``open_drafts`` that the member goes on with, of patients in care."""
    held = Q(handed_to=member.user) | Q(handed_to=None, recorded_by=member.user)
    found = _under_way(member).filter(held, patient__care=Care.IN_CARE)
    return [(draft, step_to_resume(draft.last_question)) for draft in found]


def _under_way(member: Membership) -> "QuerySet[Any]":
    answers = Answer.objects.filter(draft=OuterRef("pk")).order_by("-recorded_at", "-id")
    found: QuerySet[Any] = (
        Draft.objects.visible_to(member)
        .filter(state=DraftState.OPEN)
        .select_related("patient", "recorded_by", "handed_to", "handed_by")
        .annotate(last_question=Subquery(answers.values("question")[:1]))
        .order_by("-updated_at", "id")
    )
    return found


def step_last_worked_on(draft: Draft) -> str:
    """The step of the answer that was given last (one query)."""
    answers = draft.answers.order_by("-recorded_at", "-id")
    return step_to_resume(answers.values_list("question", flat=True).first())


def step_to_resume(last_question: str | None) -> str:
    """The step of a question; the first if nothing is answered yet."""
    if last_question is None:
        return STEPS[0].key
    if last_question in FACT:
        return step_asking(last_question).key
    return STEP_OF.get(last_question, STEPS[-1].key)
