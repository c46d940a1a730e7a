"""A patient's plans: the list with the draft under way, and each signed plan as it was signed."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.permissions import Permission
from accounts.queries import require_membership
from guideline.edition import load_edition
from patients.loader import load_patient
from patients.models import Patient
from patients.presenters import identity_strip
from patients.queries.emergency import who_may_open
from treatment.documents.sheet import said_of
from treatment.forms.hand_over import HandOverForm
from treatment.models import Plan, StandingState
from treatment.presenters.choice import exception_shown
from treatment.presenters.plan import plan_shown, plan_summary
from treatment.queries import (
    WITH_STANDING,
    free_plans_of,
    may_be_amended,
    open_draft,
    open_questions,
    plans_of,
)
from treatment.who import colleagues_who_plan, step_last_worked_on


@require_GET
def plan_list(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    me = require_membership(request)
    draft = open_draft(patient, me) if settings.CDS_ENABLED else None
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "draft": draft,
        "resume": step_last_worked_on(draft) if draft else "",
        "hand_over": HandOverForm(_colleagues(patient, me), draft, me) if draft else None,
        "plans": [plan_summary(plan) for plan in plans_of(patient, me)],
        "questions": [
            {"shown": exception_shown(asked), "own": asked.recorded_by_id == me.user_id}
            for asked in open_questions(me).filter(patient=patient)
        ],
        "free_plans": free_plans_of(patient, me),
        "may_write": me.may(Permission.PLAN_TREATMENT) and not settings.CDS_ENABLED,
        "may_plan": me.may(Permission.PLAN_TREATMENT) and settings.CDS_ENABLED,
    }
    return render(request, "treatment/plans.html", context)


@require_GET
def plan(request: MemberRequest, patient_id: UUID, plan_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    me = require_membership(request)
    signed = plan_of(request, patient, plan_id)
    may_plan = me.may(Permission.PLAN_TREATMENT) and settings.CDS_ENABLED
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "plan": plan_shown(signed),
        "sheet": said_of(signed, load_edition()),
        "may_amend": may_plan and patient.is_in_care and may_be_amended(signed, me),
        "may_withdraw": me.may(Permission.PLAN_TREATMENT)
        and patient.is_in_care
        and signed.standing.state == StandingState.CURRENT,
        "replaced": signed.supersedes if _is_of(signed.supersedes, patient) else None,
    }
    return render(request, "treatment/plan.html", context)


def plan_of(request: MemberRequest, patient: Patient, plan_id: UUID) -> Plan:
    """The signed plan with its standing and what it took the place of. Raises Http404."""
    plans = Plan.objects.visible_to(require_membership(request)).of(patient)
    plan: Plan = get_object_or_404(plans.select_related(*WITH_STANDING, "supersedes__signed_by"), pk=plan_id)
    plan.patient = patient
    return plan


def _is_of(plan: Plan | None, patient: Patient) -> bool:
    """A merge that was taken back may have parted two versions."""
    return plan is not None and plan.patient_id == patient.pk


def _colleagues(patient: Patient, me: Membership) -> list[Membership]:
    return who_may_open(patient, colleagues_who_plan(me), by=me)
