"""Treatments given: by line, a new one after its kind was chosen, a corrected one, one entered in error."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from guideline.edition import load_edition
from patients.actions import record
from patients.actions.corrections import StaleRowError
from patients.actions.treatments import OverlapError
from patients.forms.treatment_kinds import FORMS
from patients.forms.treatments import Surroundings, TreatmentForm, initial_of, initial_of_planned
from patients.loader import load_patient
from patients.models import Patient, PlannedState, PlannedTreatment, Treatment
from patients.presenters.treatments import kinds_to_choose, treatments_page, why_not_counted
from patients.queries import treatments_of
from patients.queries.record import lesions_known
from patients.views.frame import frame, show_form, standing_row, struck, tell_stale

PAGE = "patients/treatment_form.html"


@require_GET
def treatments(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    context = treatments_page(patient, on=timezone.localdate())
    return render(request, "patients/treatments.html", frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def add(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """First the kind (``kind`` in the address), then what that kind has."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    planned = _planned(request, patient)
    chosen = FORMS.get(request.POST.get("kind") or request.GET.get("kind", ""))
    if chosen is None:
        context = {"kinds": kinds_to_choose(), "planned_key": planned.pk if planned else ""}
        return render(request, "patients/treatment_kind.html", frame(request, patient) | context)
    form = chosen(
        request.POST or None,
        on=timezone.localdate(),
        around=_around(patient),
        initial=initial_of_planned(planned, chosen) if planned else None,
    )
    if form.is_valid():
        try:
            record.give_treatment(
                patient=patient,
                values=form.values,
                planned=planned,
                submission=form.cleaned_data["submission"],
                by=require_membership(request),
                now=timezone.now(),
            )
        except OverlapError as overlap:
            form.tell_overlap(overlap.other)
        else:
            messages.success(request, "Treatment recorded.")
            return redirect("patients:treatments", patient.pk)
    return _show(request, patient, form, {"heading": f"Record: {chosen.kind.label.lower()}"})


@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, patient_id: UUID, treatment_id: int) -> HttpResponse:
    """Correct a treatment. What it was, its kind, stays: another kind is another entry."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    row = standing_row(Treatment, request, patient, treatment_id)
    kind = FORMS[row.kind]
    form = kind(
        request.POST or None,
        on=timezone.localdate(),
        around=_around(patient, row),
        initial=initial_of(row, kind),
    )
    context: dict[str, Any] = {
        "heading": f"Correct: {kind.kind.label.lower()}",
        "error_url": reverse("patients:treatment_error", args=[patient.pk, row.pk]),
    }
    if form.is_valid():
        try:
            record.correct_treatment(
                treatment=row,
                values=form.values,
                expected_version=form.cleaned_data["version"],
                by=require_membership(request),
                now=timezone.now(),
            )
        except OverlapError as overlap:
            form.tell_overlap(overlap.other)
        except StaleRowError as stale:
            context |= tell_stale(form, stale)
        else:
            messages.success(request, "Treatment corrected; the history keeps what stood before.")
            return redirect("patients:treatments", patient.pk)
    return _show(request, patient, form, context)


@require_http_methods(["GET", "POST"])
def error(request: MemberRequest, patient_id: UUID, treatment_id: int) -> HttpResponse:
    """Ask, then let a treatment count nowhere."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    row = standing_row(Treatment, request, patient, treatment_id)
    if request.method == "POST" and struck(request, row):
        messages.success(request, "Marked as entered in error. It stays readable and counts nowhere.")
        return redirect("patients:treatments", patient.pk)
    row.refresh_from_db()
    context: dict[str, Any] = {
        "row": row,
        "what": f"{row.name}, from {row.started}",
        "stale": request.method == "POST",
        "up_label": "Treatments given",
        "up_url": reverse("patients:treatments", args=[patient.pk]),
    }
    status = 422 if context["stale"] else 200
    return render(request, "patients/entered_in_error.html", frame(request, patient) | context, status=status)


def _planned(request: MemberRequest, patient: Patient) -> PlannedTreatment | None:
    """The planned treatment that is recorded as given; None where the address names none that still is."""
    key = request.GET.get("planned", "")
    try:
        UUID(key)
    except ValueError:
        return None
    rows = PlannedTreatment.objects.visible_to(require_membership(request)).of(patient)
    found: PlannedTreatment | None = rows.filter(pk=key, state=PlannedState.PLANNED).first()
    return found


def _around(patient: Patient, this: Treatment | None = None) -> Surroundings:
    return Surroundings(
        born=patient.born,
        edition=load_edition(),
        given=treatments_of(patient),
        lesions=lesions_known(patient),
        this=this,
    )


def _show(
    request: MemberRequest, patient: Patient, form: TreatmentForm, context: dict[str, Any]
) -> HttpResponse:
    form.mark_required()
    context |= {
        "kind": form.kind.value,
        "not_counted": why_not_counted(form.kind.value, patient),
        "parts": list(form.shown_parts()),
    }
    return show_form(request, patient, form, PAGE, context)
