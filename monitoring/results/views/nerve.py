"""List, enter, correct neurologic assessments, and mark them as entered in error."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.posted import whole_number
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from guideline.edition import load_edition
from monitoring.results.actions import nerve
from monitoring.results.forms.nerve import NerveForm, initial_of
from monitoring.results.forms.nerve_layout import layout_of
from monitoring.results.last_values import examiners_of, last_of_each_series, versions_used_last
from monitoring.results.models import NerveAssessment
from monitoring.results.nerve_presenters import assessments_shown, last_in_words
from monitoring.results.queries import results_of
from monitoring.results.questions import questions_about
from patients.actions.corrections import StaleRowError
from patients.loader import load_patient
from patients.models import Patient
from patients.views.frame import frame

STALE = "Somebody saved this assessment after you opened the form. Nothing was overwritten."
PAGE_SIZE = 10


@require_GET
def assessment_list(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The patient's assessments, newest first, each value beside the one before it."""
    patient = load_patient(request, patient_id)
    edition = load_edition()
    rows = NerveAssessment.objects.visible_to(require_membership(request)).of(patient)
    newest_first = rows.select_related("recorded_by").order_by("-assessed_on", "-id")
    page = Paginator(newest_first, PAGE_SIZE).get_page(request.GET.get("page"))
    own_url = reverse("results:nerve", args=[patient.pk])
    context = {
        "assessments": assessments_shown(page, results_of(patient, *edition.instruments), edition),
        "newer_url": f"{own_url}?page={page.previous_page_number()}" if page.has_previous() else "",
        "older_url": f"{own_url}?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "monitoring/results/nerve_list.html", frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    form = _form(request, patient, {})
    if request.method == "POST" and form.is_valid() and not _asks(request, patient, form):
        nerve.assess(
            patient=patient,
            entry=form.entry,
            submission=form.cleaned_data["submission"],
            by=require_membership(request),
            now=timezone.now(),
        )
        messages.success(request, "Assessment saved.")
        return redirect("results:nerve", patient.pk)
    return _show_form(request, patient, form, {"heading": "Neurologic assessment"})


@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, patient_id: UUID, assessment_id: int) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    assessment = _assessment(request, patient, assessment_id)
    form = _form(request, patient, initial_of(assessment))
    changed_meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            nerve.correct(
                assessment=assessment,
                entry=form.entry,
                expected_version=form.cleaned_data["version"] or 0,
                submission=form.cleaned_data["submission"],
                by=require_membership(request),
                now=timezone.now(),
            )
        except StaleRowError as stale:
            changed_meanwhile = _shown(stale.current)
            form.add_error(None, STALE)
            form.take_version(stale.current.version)
        else:
            messages.success(request, "Assessment corrected; the history keeps what stood before.")
            return redirect("results:nerve", patient.pk)
    context = {"heading": "Correct an assessment", "assessment": assessment, "changed": changed_meanwhile}
    return _show_form(request, patient, form, context)


@require_http_methods(["GET", "POST"])
def error(request: MemberRequest, patient_id: UUID, assessment_id: int) -> HttpResponse:
    """Ask, then take an assessment and its values out of every chart and computation."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    assessment = _assessment(request, patient, assessment_id)
    stale = False
    if request.method == "POST":
        try:
            nerve.mark_error(
                assessment=assessment,
                expected_version=whole_number(request.POST.get("version", "")),
                by=require_membership(request),
            )
        except StaleRowError as refused:
            assessment, stale = refused.current, True
        else:
            messages.success(request, "Marked as entered in error.")
            return redirect("results:nerve", patient.pk)
    context = {"assessment": assessment, "shown": _shown(assessment), "stale": stale}
    page = "monitoring/results/nerve_error.html"
    return render(request, page, frame(request, patient) | context, status=422 if stale else 200)


@require_POST
def take_back(request: MemberRequest, patient_id: UUID, assessment_id: int) -> HttpResponse:
    """Let an assessment that was marked as entered in error stand again, with its values."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    struck = NerveAssessment.objects.visible_to(require_membership(request)).of(patient)
    assessment: NerveAssessment = get_object_or_404(struck.filter(entered_in_error=True), pk=assessment_id)
    try:
        nerve.restore(
            assessment=assessment,
            values={"entered_in_error": False},
            expected_version=whole_number(request.POST.get("version", "")),
            by=require_membership(request),
            now=timezone.now(),
        )
    except StaleRowError:
        messages.error(request, "Somebody saved this assessment meanwhile; look at it again below.")
    else:
        messages.success(request, "The assessment stands again, with its values.")
    return redirect("results:nerve", patient.pk)


def _assessment(request: MemberRequest, patient: Patient, assessment_id: int) -> NerveAssessment:
    rows = NerveAssessment.objects.visible_to(require_membership(request)).of(patient)
    found: NerveAssessment = get_object_or_404(
        rows.select_related("recorded_by").filter(entered_in_error=False), pk=assessment_id
    )
    return found


def _form(request: MemberRequest, patient: Patient, initial: dict[str, Any]) -> NerveForm:
    return NerveForm(
        request.POST or None,
        edition=load_edition(),
        on=timezone.localdate(),
        born=patient.birth_date,
        versions=versions_used_last(patient),
        initial=initial,
    )


def _asks(request: MemberRequest, patient: Patient, form: NerveForm) -> bool:
    """Whether the record has such values of that day already; a second click is not asked."""
    me, submission = require_membership(request), form.cleaned_data["submission"]
    if nerve.submitted(patient, submission, me) is not None:
        return False
    return form.ask(questions_about(patient, nerve.entries_of(form.entry), load_edition()))


def _show_form(
    request: MemberRequest, patient: Patient, form: NerveForm, context: dict[str, Any]
) -> HttpResponse:
    edition = load_edition()
    corrected = context.get("assessment")
    before = corrected.assessed_on if corrected else None
    last = last_in_words(last_of_each_series(patient, edition.instruments, before=before))
    offers = {
        "form": form,
        "layout": layout_of(form, last),
        "last": last,
        "examiners": [*examiners_of(patient), require_membership(request).user.full_name],
        "instruments": edition.instruments.values(),
    }
    page = "monitoring/results/nerve_form.html"
    whole = frame(request, patient) | offers | context
    return render(request, page, whole, status=422 if form.errors else 200)


def _shown(assessment: NerveAssessment) -> Any:
    return assessments_shown([assessment], [], load_edition())[0]
