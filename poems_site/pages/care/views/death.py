"""Record a death, correct what is known of it, and take it back when it was a mistake."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from patients.actions.identity import StalePatientError
from patients.loader import load_patient
from patients.models import Care
from poems_site.pages.care.forms import DeathForm
from poems_site.pages.care.views.page import frame
from poems_site.workflows import death

STALE = (
    "Somebody saved this patient after you opened the form: {}. Nothing was changed; look, then save again."
)


@require_http_methods(["GET", "POST"])
def record(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    form = DeathForm(request.POST or None, patient=patient, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            death.record_death(
                patient=patient,
                death=form.death,
                expected_version=form.cleaned_data["version"] or 0,
                by=require_membership(request),
                now=timezone.now(),
            )
        except StalePatientError as stale:
            form.add_error(None, STALE.format(_standing(stale)))
            form.take_version(stale.current.version)
        else:
            messages.success(request, "Saved. Nothing more is awaited of this patient.")
            return redirect("care:page", patient.pk)
    context = frame(patient) | {"form": form, "corrects": patient.care == Care.DECEASED}
    return render(request, "care/death.html", context, status=422 if form.errors else 200)


@require_POST
def take_back(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    death.take_back_death(patient=patient, by=require_membership(request), now=timezone.now())
    messages.success(request, "The patient is in care again. What the death had closed is open again.")
    return redirect("care:page", patient.pk)


def _standing(stale: StalePatientError) -> str:
    """What the patient's record says now."""
    current = stale.current
    if current.care == Care.DECEASED:
        cause = f", {current.cause_of_death}" if current.cause_of_death else ""
        return f"a death is recorded, {current.died or 'day not known'}{cause}"
    return "who the patient is was changed"
