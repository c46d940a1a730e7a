"""What changed from one version to the next, and what the guideline would say today."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from approval.standing import edition_at, status_words
from guideline.edition import Edition
from guideline.errors import InputError
from patients.loader import load_patient
from patients.models import Patient
from patients.presenters import identity_strip
from treatment.differences import differences
from treatment.facts import identity_facts, prefills
from treatment.models import Plan
from treatment.on_record import on_record
from treatment.presenters.plan import plan_shown
from treatment.presenters.sides import side_of_plan
from treatment.progression import last_progression
from treatment.today import facts_of, newer_facts, said_today
from treatment.views.plans import plan_of
from treatment.words import refusal_in_words


@require_GET
def changes(request: MemberRequest, patient_id: UUID, plan_id: UUID) -> HttpResponse:
    """The plan beside the one whose place it took."""
    patient = load_patient(request, patient_id)
    plan = plan_of(request, patient, plan_id)
    before = plan.supersedes
    if before is None or before.patient_id != patient.pk:
        raise Http404("This plan took the place of no other plan of this record.")
    context = _frame(plan, patient) | {
        "before": before,
        "before_label": str(before).capitalize(),
        "name": str(plan).capitalize(),
        "differences": differences(side_of_plan(before), side_of_plan(plan)),
    }
    return render(request, "treatment/difference.html", context)


@require_GET
def today(request: MemberRequest, patient_id: UUID, plan_id: UUID) -> HttpResponse:
    """The guideline of today on the facts of the plan, and on what the record says now. Nothing is stored."""
    patient = load_patient(request, patient_id)
    plan = plan_of(request, patient, plan_id)
    edition, day = edition_at(require_membership(request).hospital_id), timezone.localdate()
    progressed_on = last_progression(patient, edition, on=day)
    known = prefills(on_record(patient, edition, on=day).facts, edition, on=day, progressed_on=progressed_on)
    newer = newer_facts(plan, identity_facts(patient, on=day), known)
    context = _frame(plan, patient) | {
        "edition": edition,
        "content_status": status_words(edition),
        "day": day,
        "same_facts": _said(plan, facts_of(plan), edition),
        "newer_facts": _said(plan, newer, edition) if newer != facts_of(plan) else None,
    }
    return render(request, "treatment/today.html", context)


def _said(plan: Plan, facts: Mapping[str, object], edition: Edition) -> dict[str, Any]:
    try:
        return {"differences": said_today(plan, facts, edition), "refusal": ""}
    except InputError as error:
        return {"differences": None, "refusal": refusal_in_words(error)}


def _frame(plan: Plan, patient: Patient) -> dict[str, Any]:
    return {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "plan": plan_shown(plan),
    }
