"""Assess the extent with its lesions, and correct an assessment."""

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
from patients.forms.extent import ExtentForm, initial_of, lesions_of
from patients.forms.lesions import rows_as_typed
from patients.loader import load_patient
from patients.models import ExtentAssessment, Patient
from patients.queries import newest_extent
from patients.queries.standing import is_after_radiation
from patients.verdicts import extent_verdict
from patients.views.frame import show_form, standing_row, tell_stale


@require_http_methods(["GET", "POST"])
def assess(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """A new assessment that starts from the newest; of its lesions all but their uptake is carried over."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    newest = newest_extent(patient)
    start = initial_of(newest) | {"assessed_on": timezone.localdate()}
    form = _form(request, start, lesions_of(newest, carried=True))
    if form.is_valid():
        record.assess_extent(
            patient=patient,
            values=form.values,
            lesions=form.lesions.seen,
            submission=form.cleaned_data["submission"],
            by=require_membership(request),
            now=timezone.now(),
        )
        messages.success(request, "Extent assessed.")
        return redirect("patients:assessments", patient.pk)
    return _show(request, patient, form, {"heading": "Assess the extent"})


@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, patient_id: UUID, extent_id: int) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    row = standing_row(ExtentAssessment, request, patient, extent_id)
    start = initial_of(row) | {"version": row.version, "submission": row.submission}
    form = _form(request, start, lesions_of(row, carried=False))
    context: dict[str, Any] = {
        "heading": "Correct an assessment",
        "error_url": reverse("patients:extent_error", args=[patient.pk, row.pk]),
    }
    if form.is_valid():
        try:
            record.correct_extent(
                assessment=row,
                values=form.values,
                lesions=form.lesions.seen,
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


def _form(request: MemberRequest, start: Mapping[str, Any], seen: list[dict[str, Any]]) -> ExtentForm:
    """The form; bound only when it was sent to be saved. Looking and adding a row judge nothing."""
    on = timezone.localdate()
    if request.method != "POST":
        return ExtentForm(on=on, initial=dict(start), seen=seen)
    adding = "add_lesion" in request.POST
    if "look" not in request.POST and not adding:
        return ExtentForm(request.POST, on=on)
    judged = ExtentForm(request.POST, on=on)
    judged.full_clean()
    rows = rows_as_typed(request.POST, more=int(adding))
    again = ExtentForm(on=on, initial=as_typed(request.POST), seen=rows)
    again.so_far = judged.cleaned_data
    return again


def _show(
    request: MemberRequest, patient: Patient, form: ExtentForm, context: dict[str, Any]
) -> HttpResponse:
    irradiated = is_after_radiation(patient, on=timezone.localdate())
    context["verdict"] = extent_verdict(form.found, after_radiation=irradiated)
    if "look" in request.POST and request.headers.get("HX-Request"):
        return render(request, "patients/extent_verdict.html", context)
    return show_form(request, patient, form, "patients/extent_form.html", context)
