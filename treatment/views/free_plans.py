"""Plans in a clinician's own words: write, sign, read, print."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.proof import prove
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from patients.loader import load_patient, load_patient_in_care
from patients.models import Patient
from patients.presenters import identity_strip
from treatment.actions import free_plans
from treatment.forms.free_plan import FreePlanForm
from treatment.models import FreePlan, Paper
from treatment.views.signing import NOT_PROVED


@sensitive_post_parameters("secret", "passkey")
@require_http_methods(["GET", "POST"])
def write(request: MemberRequest, patient_id: UUID, free_plan_id: UUID | None = None) -> HttpResponse:
    """A new plan, or the next version of one."""
    patient = load_patient_in_care(request, patient_id)
    earlier = _of(request, patient, free_plan_id) if free_plan_id else None
    form = FreePlanForm(request.POST or None, earlier=earlier)
    if request.method == "POST" and form.is_valid() and prove(request, form, NOT_PROVED, now=timezone.now()):
        signed = _signed(request, patient, earlier, form)
        if signed is not None:
            messages.success(request, "Signed. It stands as it is and can be printed.")
            return redirect("treatment:free_plan", patient.pk, signed.pk)
    context = {"form": form, "earlier": earlier, **_about(patient)}
    return render(request, "treatment/free_plan_form.html", context, status=422 if form.errors else 200)


@require_GET
def read(request: MemberRequest, patient_id: UUID, free_plan_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    plan = _of(request, patient, free_plan_id)
    context = {
        "plan": plan,
        "newer": FreePlan.objects.visible_to(require_membership(request)).filter(replaces=plan).first(),
        "papers": Paper.choices,
        "may_plan": require_membership(request).may(Permission.PLAN_TREATMENT),
        **_about(patient),
    }
    return render(request, "treatment/free_plan.html", context)


@require_GET
def document(request: MemberRequest, patient_id: UUID, free_plan_id: UUID, paper: str) -> HttpResponse:
    """The plan as it was stored when signed; noted as printed. Its file name tells nothing of the patient."""
    patient = load_patient(request, patient_id, AccessKind.PRINTED)
    if paper not in Paper.values:
        raise Http404("No such paper.")
    plan = _of(request, patient, free_plan_id)
    me = require_membership(request)
    found = free_plans.document_of(plan=plan, paper=Paper(paper), by=me.user, now=timezone.now())
    answer = HttpResponse(bytes(found.content), content_type="application/pdf")
    name = f"plan-version-{plan.version}-{plan.signed_at:%Y-%m-%d}-{paper}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _of(request: MemberRequest, patient: Patient, free_plan_id: UUID) -> FreePlan:
    plans = FreePlan.objects.visible_to(require_membership(request)).of(patient)
    found: FreePlan = get_object_or_404(plans.select_related("signed_by", "replaces"), pk=free_plan_id)
    return found


def _signed(
    request: MemberRequest, patient: Patient, earlier: FreePlan | None, form: FreePlanForm
) -> FreePlan | None:
    """The signed plan; none where a newer version stands, and then the form says so."""
    try:
        return free_plans.sign(
            patient=patient,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            replaces=earlier,
            submission=form.cleaned_data["submission"],
            by=require_membership(request),
            now=timezone.now(),
        )
    except free_plans.ReplacedMeanwhileError as refused:
        newer = refused.newer
        form.add_error(
            None,
            f"{newer.signed_by.full_name} signed version {newer.version} after you opened this page, called "
            f"“{newer.title}”. Nothing of yours was signed; copy what you need and go on from that version, "
            f"which says: {newer.text}",
        )
        return None


def _about(patient: Patient) -> dict[str, object]:
    return {"patient": patient, "identity": identity_strip(patient, on=timezone.localdate())}
