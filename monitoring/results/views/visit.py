"""Enter everything that was measured at one visit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from guideline.edition import load_edition
from monitoring.results.actions import nerve, visits
from monitoring.results.forms.visit import VisitForm
from monitoring.results.last_values import examiners_of, last_of_each_series, versions_used_last
from monitoring.results.nerve_presenters import last_in_words
from monitoring.results.queries import known_words
from monitoring.results.questions import questions_about
from monitoring.results.views.frame import zone_of
from patients.loader import load_patient
from patients.models import Patient
from patients.views.frame import frame


@require_http_methods(["GET", "POST"])
def visit(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The grid; a POST saves all that was given, or comes back with what is to be looked at."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    edition = load_edition()
    last = last_of_each_series(patient, [*edition.analytes, *edition.instruments])
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        edition=edition,
        on=timezone.localdate(),
        born=patient.birth_date,
        zone=zone_of(request),
        last=[row for row in last if row.analyte in edition.analytes],
        known={field: known_words(patient, field) for field in ("laboratory", "method")},
        versions=versions_used_last(patient),
    )
    if request.method == "POST" and form.is_valid() and _saved(request, patient, form):
        number = len(form.entries) + bool(form.assessment)
        messages.success(request, f"Visit saved: {number} {'entry' if number == 1 else 'entries'}.")
        return redirect("results:list", patient.pk)
    kit = last_in_words(row for row in last if row.analyte in edition.instruments)
    context = {
        "form": form,
        "totals": form.total_rows(kit),
        "settled": request.POST.getlist("settled"),
        "examiners": [*examiners_of(patient), require_membership(request).user.full_name],
        "instruments": edition.instruments.values(),
    }
    page = "monitoring/results/visit.html"
    whole = frame(request, patient) | context
    return render(request, page, whole, status=422 if form.errors else 200)


def _saved(request: MemberRequest, patient: Patient, form: VisitForm) -> bool:
    """Save the visit, unless something about it has to be answered first."""
    me = require_membership(request)
    if visits.saved_before(patient=patient, submission=form.submission, by=me):
        return True
    kit = nerve.entries_of(form.assessment) if form.assessment else []
    if form.ask(questions_about(patient, [*form.entries, *kit], load_edition())):
        return False
    visits.record(
        patient=patient,
        entries=form.entries,
        assessment=form.assessment,
        submission=form.submission,
        by=me,
        now=timezone.now(),
    )
    return True
