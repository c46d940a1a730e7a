"""Diagnosis and extent: the assessments so far, and what was entered in error."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.trail.kinds import AccessKind
from patients.loader import load_patient
from patients.models import DiagnosisAssessment, ExtentAssessment, Patient
from patients.presenters.assessments import assessments_page
from patients.views.frame import frame, standing_row, struck

NOW_IN_ERROR = "Marked as entered in error. It stays readable and counts nowhere."


@require_GET
def assessments(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    context = assessments_page(patient, on=timezone.localdate())
    return render(request, "patients/assessments.html", frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def diagnosis_error(request: MemberRequest, patient_id: UUID, diagnosis_id: int) -> HttpResponse:
    """Ask, then let an assessment of the criteria count nowhere."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    row = standing_row(DiagnosisAssessment, request, patient, diagnosis_id)
    return _error(request, patient, row, f"the diagnosis assessed on {row.assessed_on:%-d %B %Y}")


@require_http_methods(["GET", "POST"])
def extent_error(request: MemberRequest, patient_id: UUID, extent_id: int) -> HttpResponse:
    """Ask, then let an assessment of the extent and its lesions count nowhere."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    row = standing_row(ExtentAssessment, request, patient, extent_id)
    return _error(request, patient, row, f"the extent assessed on {row.assessed_on:%-d %B %Y}")


def _error(
    request: MemberRequest, patient: Patient, row: DiagnosisAssessment | ExtentAssessment, what: str
) -> HttpResponse:
    if request.method == "POST" and struck(request, row):
        messages.success(request, NOW_IN_ERROR)
        return redirect("patients:assessments", patient.pk)
    row.refresh_from_db()
    context: dict[str, Any] = {
        "row": row,
        "what": what,
        "stale": request.method == "POST",
        "up_label": "Diagnosis and extent",
        "up_url": reverse("patients:assessments", args=[patient.pk]),
    }
    status = 422 if context["stale"] else 200
    return render(request, "patients/entered_in_error.html", frame(request, patient) | context, status=status)
