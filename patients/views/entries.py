"""Add, correct and take back what is written the same way: numbers, events and notes, fitness assessments."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from patients.actions.corrections import StaleRowError
from patients.actions.identifiers import IdentifierTakenError
from patients.entry_kinds import ENTRY_KINDS, EntryKind
from patients.forms.dated import RecordForm
from patients.loader import load_patient
from patients.models import FitnessAssessment, Occurrence, Patient
from patients.presenters.fitness import assessments_shown, form_parts
from patients.queries.fitness import known_answers
from patients.views.frame import frame, show_form, standing_row, struck, tell_stale


@require_GET
def events(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """What happened and what was noted, newest first; what was entered in error is struck through."""
    patient = load_patient(request, patient_id)
    rows = Occurrence.objects.of(patient).select_related("recorded_by").order_by("-happened_on", "-id")
    return render(request, "patients/events.html", frame(request, patient) | {"events": list(rows)})


@require_GET
def fitness(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """What is known now, each answer with its day, and the assessments it comes from."""
    patient = load_patient(request, patient_id)
    rows = FitnessAssessment.objects.of(patient).select_related("recorded_by").order_by("-assessed_on", "-id")
    context = {"parts": form_parts(None, known_answers(patient)), "assessments": assessments_shown(rows)}
    return render(request, "patients/fitness.html", frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def add_entry(request: MemberRequest, patient_id: UUID, entry_kind: str) -> HttpResponse:
    kind = _kind(entry_kind)
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    form = kind.form(request.POST or None, on=timezone.localdate(), initial=_start(kind))
    if request.method == "POST" and form.is_valid():
        entry = {"values": form.values, "submission": form.cleaned_data["submission"]}
        try:
            kind.add(patient=patient, by=require_membership(request), now=timezone.now(), **entry)
        except IdentifierTakenError as taken:
            form.add_error("value", number_taken(taken, patient))
        else:
            messages.success(request, f"{kind.noun.capitalize()} recorded.")
            return redirect(kind.page, patient.pk)
    return _page(request, patient, kind, form, {"heading": kind.adding})


@require_http_methods(["GET", "POST"])
def edit_entry(request: MemberRequest, patient_id: UUID, entry_kind: str, entry_id: int) -> HttpResponse:
    kind = _kind(entry_kind)
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    row = standing_row(kind.model, request, patient, entry_id)
    initial = kind.initial(row) | {"version": row.version}
    form = kind.form(request.POST or None, on=timezone.localdate(), initial=initial)
    context = {
        "heading": f"Correct {kind.noun}",
        "error_url": reverse("patients:entry_error", args=[patient.pk, entry_kind, entry_id]),
    }
    if request.method == "POST" and form.is_valid():
        change = {"values": form.values, "expected_version": form.cleaned_data["version"]}
        try:
            kind.correct(row=row, by=require_membership(request), **change)
        except StaleRowError as stale:
            context |= tell_stale(form, stale)
        except IdentifierTakenError as taken:
            form.add_error("value", number_taken(taken, patient))
        else:
            messages.success(request, "Changes saved.")
            return redirect(kind.page, patient.pk)
    return _page(request, patient, kind, form, context)


@require_http_methods(["GET", "POST"])
def entry_error(request: MemberRequest, patient_id: UUID, entry_kind: str, entry_id: int) -> HttpResponse:
    """Ask, then mark an entry as entered in error."""
    kind = _kind(entry_kind)
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    row = standing_row(kind.model, request, patient, entry_id)
    if request.method == "POST" and struck(request, row):
        messages.success(request, "Marked as entered in error.")
        return redirect(kind.page, patient.pk)
    stale = request.method == "POST"
    row.refresh_from_db()
    context = {
        "row": row,
        "what": kind.in_words(row),
        "stale": stale,
        "up_label": kind.page_label,
        "up_url": reverse(kind.page, args=[patient.pk]),
    }
    whole = frame(request, patient) | context
    return render(request, "patients/entered_in_error.html", whole, status=422 if stale else 200)


def number_taken(taken: IdentifierTakenError, patient: Patient | None) -> str:
    """The sentence for a number that somebody has; ``patient`` is None while nobody is registered."""
    if patient is not None and taken.holder.pk == patient.pk:
        return "This patient has this number already; correct that entry instead."
    return f"This number belongs to {taken.holder.full_name}, record number {taken.holder.record_number}."


def _kind(entry_kind: str) -> EntryKind:
    if entry_kind not in ENTRY_KINDS:
        raise Http404("No such kind of entry.")
    return ENTRY_KINDS[entry_kind]


def _start(kind: EntryKind) -> dict[str, Any]:
    """Assessments are usually of today."""
    return {"assessed_on": timezone.localdate()} if kind.model is FitnessAssessment else {}


def _page(
    request: MemberRequest, patient: Patient, kind: EntryKind, form: RecordForm, context: dict[str, Any]
) -> HttpResponse:
    known = known_answers(patient) if kind.model is FitnessAssessment else {}
    parts = {"parts": form_parts(form, known), "up_url": reverse(kind.page, args=[patient.pk])}
    return show_form(request, patient, form, "patients/entry_form.html", parts | context)
