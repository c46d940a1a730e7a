"""Pages of diagnosis, extent and the treatments given."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from patients.actions import record
from patients.actions.corrections import StaleRowError
from patients.actions.treatments import OverlapError
from patients.forms.record import DiagnosisForm, ExtentForm, TreatmentForm
from patients.loader import load_patient
from patients.models import AccessKind, DiagnosisAssessment, ExtentAssessment, Patient, Treatment
from patients.presenters import identity_strip
from patients.queries import newest_diagnosis, newest_extent, treatments_of

OVERLAP = "The same treatment is recorded for some of these days already; correct that entry instead."


@require_GET
def assessments(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    newest_first = ("-assessed_on", "-id")
    diagnoses = DiagnosisAssessment.objects.of(patient).select_related("recorded_by").order_by(*newest_first)
    extents = ExtentAssessment.objects.of(patient).select_related("recorded_by").order_by(*newest_first)
    context = {"diagnoses": list(diagnoses), "extents": list(extents)}
    return render(request, "patients/assessments.html", _frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def assess_diagnosis(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    form = DiagnosisForm.after(newest_diagnosis(patient), request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        record.assess_diagnosis(patient=patient, **_entry(request, form))
        messages.success(request, "Diagnosis assessed.")
        return redirect("patients:assessments", patient.pk)
    context = _frame(request, patient) | {"form": form, "heading": "Assess the diagnosis"}
    return render(request, "patients/record_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def assess_extent(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    form = ExtentForm.after(newest_extent(patient), request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        entry = _entry(request, form)
        del entry["values"]["none_found"]
        record.assess_extent(patient=patient, **entry)
        messages.success(request, "Extent assessed.")
        return redirect("patients:assessments", patient.pk)
    context = _frame(request, patient) | {"form": form, "heading": "Assess the extent"}
    return render(request, "patients/record_form.html", context, status=422 if form.errors else 200)


@require_GET
def treatments(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    context = {"treatments": treatments_of(patient)}
    return render(request, "patients/treatments.html", _frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def add_treatment(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    form = TreatmentForm(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            record.give_treatment(
                patient=patient,
                values=form.values,
                submission=form.cleaned_data["submission"],
                by=require_membership(request),
                now=timezone.now(),
            )
        except OverlapError:
            form.add_error("started_on", OVERLAP)
        else:
            messages.success(request, "Treatment recorded.")
            return redirect("patients:treatments", patient.pk)
    context = _frame(request, patient) | {"form": form, "heading": "Record a treatment"}
    return render(request, "patients/record_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit_treatment(request: MemberRequest, patient_id: UUID, treatment_id: int) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    me = require_membership(request)
    treatment = get_object_or_404(Treatment.objects.visible_to(me).of(patient), pk=treatment_id)
    initial = {name: getattr(treatment, name) for name in TreatmentForm.base_fields if name != "submission"}
    form = TreatmentForm(request.POST or None, on=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            record.correct_treatment(
                treatment=treatment,
                values=form.values,
                expected_version=form.cleaned_data["version"] or 0,
                by=me,
                now=timezone.now(),
            )
        except OverlapError:
            form.add_error("started_on", OVERLAP)
        except StaleRowError:
            form.add_error(
                None, "Somebody saved this treatment meanwhile; nothing was overwritten. Open it again."
            )
        else:
            messages.success(request, "Changes saved.")
            return redirect("patients:treatments", patient.pk)
    context = _frame(request, patient) | {"form": form, "heading": "Correct a treatment"}
    return render(request, "patients/record_form.html", context, status=422 if form.errors else 200)


def _frame(request: MemberRequest, patient: Patient) -> dict[str, Any]:
    """What every page of the record shows."""
    return {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "may_edit": require_membership(request).may(Permission.EDIT_PATIENTS),
    }


def _entry(request: MemberRequest, form: DiagnosisForm | ExtentForm) -> dict[str, Any]:
    """What an assessment's action needs from a valid form."""
    values = dict(form.cleaned_data)
    return {
        "submission": values.pop("submission"),
        "values": values,
        "by": require_membership(request),
        "now": timezone.now(),
    }
