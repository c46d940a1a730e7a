"""Register, open and correct patients."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from patients.actions import identity
from patients.forms.identity import PatientForm
from patients.loader import load_patient
from patients.models import AccessKind
from patients.presenters import identity_strip
from patients.queries import changes_of


@require_http_methods(["GET", "POST"])
def register(request: MemberRequest) -> HttpResponse:
    me = require_membership(request)
    now = timezone.now()
    form = PatientForm(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            patient = identity.register(
                identity=form.identity, submission=form.cleaned_data["submission"], by=me, now=now
            )
        except identity.DuplicateRecordNumberError:
            form.add_error("record_number", _taken(form))
        else:
            messages.success(request, "Patient registered.")
            return redirect("patients:overview", patient.pk)
    return render(request, "patients/register.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def overview(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    me = require_membership(request)
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "may_edit": me.may(Permission.EDIT_PATIENTS),
    }
    return render(request, "patients/overview.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    me = require_membership(request)
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    today = timezone.localdate()
    form = PatientForm(request.POST or None, on=today, patient=patient)
    changed_meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            identity.correct(
                patient=patient,
                identity=form.identity,
                expected_version=form.cleaned_data["version"] or 0,
                by=me,
            )
        except identity.DuplicateRecordNumberError:
            form.add_error("record_number", _taken(form))
        except identity.StalePatientError as stale:
            changed_meanwhile = changes_of(stale.current)[0]
            form.add_error(
                None, "Somebody saved this patient after you opened the form. Nothing was overwritten."
            )
            form.take_version(stale.current.version)
        else:
            messages.success(request, "Changes saved.")
            return redirect("patients:overview", patient.pk)
    context = {
        "form": form,
        "patient": patient,
        "identity": identity_strip(patient, on=today),
        "changed_meanwhile": changed_meanwhile,
    }
    return render(request, "patients/edit.html", context, status=422 if form.errors else 200)


def _taken(form: PatientForm) -> str:
    number = form.cleaned_data["record_number"]
    return f"Record number {number} belongs to another patient of this hospital; each number is given once."
