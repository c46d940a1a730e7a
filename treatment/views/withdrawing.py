"""Ask why, and withdraw a plan."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.proof import prove
from accounts.queries import require_membership
from patients.loader import load_patient_in_care
from patients.presenters import identity_strip
from treatment.actions import withdrawing
from treatment.forms.withdraw import WithdrawForm
from treatment.models import StandingState, WithdrawalReason
from treatment.presenters.plan import plan_shown
from treatment.views.plans import plan_of

NOT_PROVED = "That is neither your password nor a current code. Nothing was withdrawn, and nothing is lost."
SUPERSEDED = "Another plan has taken its place, so there is nothing to withdraw."
WITHDRAWN = "Withdrawn. What was still open of its follow-ups is cancelled."


@sensitive_post_parameters("secret", "passkey")
@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, patient_id: UUID, plan_id: UUID) -> HttpResponse:
    patient = load_patient_in_care(request, patient_id)
    plan = plan_of(request, patient, plan_id)
    if plan.standing.state != StandingState.CURRENT:
        return redirect("treatment:plan", patient.pk, plan.pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and prove(request, form, NOT_PROVED, now=timezone.now()):
        try:
            withdrawing.withdraw(
                plan=plan,
                reason=WithdrawalReason(form.cleaned_data["reason"]),
                text=form.cleaned_data["text"],
                by=require_membership(request),
                now=timezone.now(),
            )
        except withdrawing.SupersededError:
            messages.warning(request, SUPERSEDED)
        else:
            messages.success(request, WITHDRAWN)
        return redirect("treatment:plan", patient.pk, plan.pk)
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "plan": plan_shown(plan),
        "form": form,
    }
    return render(request, "treatment/withdraw.html", context, status=422 if form.errors else 200)
