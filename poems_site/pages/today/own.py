"""What waits for a clinician in person: what a colleague asks to be confirmed, and plans they have begun."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import Membership
from accounts.permissions import Permission
from patients.models import Patient
from treatment.presenters.choice import exception_shown
from treatment.queries import questions_for
from treatment.who import own_drafts
from treatment.wizard.steps import STEP

MOST_DRAFTS = 5


@dataclass(frozen=True)
class OwnTask:
    """One thing only this clinician, or a second one, can go on with; ``at`` says since when."""

    kind: str
    patient: Patient
    text: str
    at: datetime
    url: str


@dataclass(frozen=True)
class Own:
    """Questions oldest first, then the drafts saved last; ``more_drafts`` stand on the list of drafts."""

    tasks: list[OwnTask]
    more_drafts: int


def own_of(member: Membership) -> Own:
    """Nothing where the member plans no treatment or decision support is switched off."""
    if not settings.CDS_ENABLED or not member.may(Permission.PLAN_TREATMENT):
        return Own([], 0)
    drafts = list(_drafts(member))
    return Own([*_questions(member), *drafts[:MOST_DRAFTS]], max(len(drafts) - MOST_DRAFTS, 0))


def _questions(member: Membership) -> Iterator[OwnTask]:
    for question in questions_for(member):
        asked = exception_shown(question)
        yield OwnTask(
            kind="To confirm",
            patient=question.patient,
            text=f"{asked.asked_by} chose {', then '.join(asked.options)}, which is excluded absolutely",
            at=asked.asked_at,
            url=reverse("treatment:exception", args=[question.patient_id, question.pk]),
        )


def _drafts(member: Membership) -> Iterator[OwnTask]:
    for draft, step in own_drafts(member):
        yield OwnTask(
            kind="Draft",
            patient=draft.patient,
            text=f"Plan not signed yet, go on at: {STEP[step].title}",
            at=draft.updated_at,
            url=reverse("treatment:step", args=[draft.patient_id, draft.pk, step]),
        )
