"""Assess the criteria, and correct an assessment."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from patients.actions import record
from patients.actions.corrections import StaleRowError
from patients.forms.dated import as_typed
from patients.forms.diagnosis import DiagnosisForm, initial_of
from patients.loader import load_patient
from patients.measured import measured_beside_criteria
from patients.models import DiagnosisAssessment, Patient
from patients.queries import newest_diagnosis
from patients.verdicts import diagnosis_verdicts
from patients.views.frame import show_form, standing_row, tell_stale


@require_http_methods(["GET", "POST"])
def assess(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """A new assessment that starts from the newest: what was ever documented stays so."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    start = initial_of(newest_diagnosis(patient)) | {"assessed_on": timezone.localdate()}
    form = _form(request, patient, start)
    if form.is_valid():
        record.assess_diagnosis(
            patient=patient,
            values=form.values,
            evidence=form.evidence,
            submission=form.cleaned_data["submission"],
            by=require_membership(request),
            now=timezone.now(),
        )
        messages.success(request, "Diagnosis assessed.")
        return redirect("patients:assessments", patient.pk)
    return _show(request, patient, form, {"heading": "Assess the diagnosis"})


@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, patient_id: UUID, diagnosis_id: int) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    row = standing_row(DiagnosisAssessment, request, patient, diagnosis_id)
    form = _form(request, patient, initial_of(row) | {"version": row.version, "submission": row.submission})
    context: dict[str, Any] = {
        "heading": "Correct an assessment",
        "error_url": reverse("patients:diagnosis_error", args=[patient.pk, row.pk]),
    }
    if form.is_valid():
        try:
            record.correct_diagnosis(
                assessment=row,
                values=form.values,
                evidence=form.evidence,
                expected_version=form.cleaned_data["version"],
                by=require_membership(request),
                now=timezone.now(),
            )
        except StaleRowError as stale:
            context |= tell_stale(form, stale)
        else:
            messages.success(request, "Assessment corrected; the history keeps what stood before.")
            return redirect("patients:assessments", patient.pk)
    return _show(request, patient, form, context)


def _form(request: MemberRequest, patient: Patient, start: Mapping[str, Any]) -> DiagnosisForm:
    """The form; bound only when it was sent to be saved. A look at the verdicts judges nothing else."""
    on, measured = timezone.localdate(), measured_beside_criteria(patient)
    if request.method != "POST":
        return DiagnosisForm(on=on, measured=measured, initial=dict(start))
    if "look" not in request.POST:
        return DiagnosisForm(request.POST, on=on, measured=measured)
    judged = DiagnosisForm(request.POST, on=on)
    judged.full_clean()
    again = DiagnosisForm(on=on, measured=measured, initial=as_typed(request.POST))
    again.so_far = judged.cleaned_data
    return again


def _show(
    request: MemberRequest, patient: Patient, form: DiagnosisForm, context: dict[str, Any]
) -> HttpResponse:
    context["verdicts"] = diagnosis_verdicts(form.answers)
    if "look" in request.POST and request.headers.get("HX-Request"):
        return render(request, "patients/diagnosis_verdicts.html", context)
    return show_form(request, patient, form, "patients/diagnosis_form.html", context)
