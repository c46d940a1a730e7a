"""A patient's plans: the list with the draft under way, and each signed plan as it was signed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from guideline.edition import load_edition
from patients.loader import load_patient
from patients.presenters import identity_strip
from treatment.documents.sheet import said_of
from treatment.forms.hand_over import HandOverForm
from treatment.models import Plan
from treatment.presenters.choice import exception_shown
from treatment.presenters.plan import plan_shown, plan_summary
from treatment.queries import WITH_STANDING, may_be_amended, open_draft, open_questions, plans_of
from treatment.who import colleagues_who_plan, step_last_worked_on


@require_GET
def plan_list(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    me = require_membership(request)
    draft = open_draft(patient, me)
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "draft": draft,
        "resume": step_last_worked_on(draft) if draft else "",
        "hand_over": HandOverForm(colleagues_who_plan(me), draft, me) if draft else None,
        "plans": [plan_summary(plan) for plan in plans_of(patient, me)],
        "questions": [
            {"shown": exception_shown(asked), "own": asked.recorded_by_id == me.user_id}
            for asked in open_questions(me).filter(patient=patient)
        ],
        "may_plan": me.may(Permission.PLAN_TREATMENT),
    }
    return render(request, "treatment/plans.html", context)


@require_GET
def plan(request: MemberRequest, patient_id: UUID, plan_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    me = require_membership(request)
    signed = get_object_or_404(
        Plan.objects.visible_to(me).of(patient).select_related(*WITH_STANDING), pk=plan_id
    )
    signed.patient = patient
    may_plan = me.may(Permission.PLAN_TREATMENT)
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "plan": plan_shown(signed),
        "sheet": said_of(signed, load_edition()),
        "may_amend": may_plan and patient.is_in_care and may_be_amended(signed, me),
    }
    return render(request, "treatment/plan.html", context)
