"""List, enter and correct results."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.posted import whole_number
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from guideline.edition import load_edition
from monitoring.results.actions import results
from monitoring.results.forms.result import ResultForm, initial_of
from monitoring.results.models import Result, State
from monitoring.results.moved import moves_of
from monitoring.results.presenters import measure_label, result_in_words, result_lines
from monitoring.results.queries import known_words, measures_of, page_of_results
from monitoring.results.questions import questions_about
from monitoring.results.units import SPELLINGS
from monitoring.results.views.frame import result_of, zone_of
from patients.actions.corrections import StaleRowError
from patients.loader import load_patient
from patients.models import Patient
from patients.views.frame import frame

STALE = "Somebody saved this result after you opened the form. Nothing was overwritten."
DEFAULT_ANALYTE = "vegf"


@require_GET
def result_list(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The patient's results, newest first; ``analyte`` narrows, ``after`` pages."""
    patient = load_patient(request, patient_id)
    edition = load_edition()
    measured = measures_of(patient)
    chosen = request.GET.get("analyte", "")
    analyte = chosen if chosen in measured or chosen in edition.analytes else ""
    after = whole_number(request.GET.get("after", ""))
    page = page_of_results(patient, analyte=analyte, after=after or None)
    context = {
        "lines": result_lines(page.rows, edition),
        "analyte": analyte,
        "analytes": sorted((measure_label(key, edition), key) for key in {*measured, analyte} - {""}),
        "enter": analyte if analyte in edition.analytes else "",
        "newest_url": _list_url(patient, analyte) if after else "",
        "older_url": _list_url(patient, analyte, page.older) if page.older else "",
        "moves": [] if after else moves_of(patient),
    }
    return render(request, "monitoring/results/list.html", frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    asked_for = request.GET.get("analyte", DEFAULT_ANALYTE)
    form = _form(request, patient, {"analyte": asked_for})
    if request.method == "POST" and form.is_valid() and not _asks(patient, form):
        results.record(
            patient=patient,
            entries=[form.entry],
            submission=form.cleaned_data["submission"],
            by=require_membership(request),
            now=timezone.now(),
        )
        messages.success(request, "Result saved.")
        if "another" in request.POST:
            return redirect(f"{reverse('results:new', args=[patient.pk])}?analyte={form.entry['analyte']}")
        return redirect("results:list", patient.pk)
    context = {"heading": "Enter a result", "adding": True}
    return _show_form(request, patient, form, context)


@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, patient_id: UUID, result_id: int) -> HttpResponse:
    """Mend what was typed, or take over what the laboratory corrected."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    result = result_of(request, patient, result_id)
    if result.assessment_id:
        return redirect("results:correct_nerve", patient.pk, result.assessment_id)
    if result.state == State.ENTERED_IN_ERROR:
        raise Http404("What was entered in error is taken back, not corrected.")
    form = _form(request, patient, initial_of(result), result)
    changed_meanwhile = None
    if request.method == "POST" and form.is_valid() and not _asks(patient, form, result):
        try:
            results.correct(
                result=result,
                entry=form.entry,
                expected_version=form.cleaned_data["version"] or 0,
                by=require_membership(request),
            )
        except StaleRowError as stale:
            changed_meanwhile = result_in_words(stale.current, load_edition())
            form.add_error(None, STALE)
            form.take_version(stale.current.version)
        else:
            messages.success(request, "Result corrected; the history keeps what stood before.")
            return redirect("results:detail", patient.pk, result.pk)
    context = {"heading": "Correct a result", "result": result, "changed_meanwhile": changed_meanwhile}
    return _show_form(request, patient, form, context)


def _form(
    request: MemberRequest, patient: Patient, initial: dict[str, Any], result: Result | None = None
) -> ResultForm:
    return ResultForm(
        request.POST or None,
        edition=load_edition(),
        on=timezone.localdate(),
        born=patient.birth_date,
        zone=zone_of(request),
        known={field: known_words(patient, field) for field in ("laboratory", "method")},
        state=result.state if result else "",
        initial=initial,
    )


def _asks(patient: Patient, form: ResultForm, result: Result | None = None) -> bool:
    """Whether something about the entry has to be answered first."""
    besides = result.pk if result else None
    return form.ask(questions_about(patient, [form.entry], load_edition(), besides=besides))


def _show_form(
    request: MemberRequest, patient: Patient, form: ResultForm, context: dict[str, Any]
) -> HttpResponse:
    offers = {"form": form, "known": form.known, "units": _units()}
    page = "monitoring/results/form.html"
    whole = frame(request, patient) | offers | context
    return render(request, page, whole, status=422 if form.errors else 200)


def _units() -> list[str]:
    return list(dict.fromkeys(names[0] for names in SPELLINGS.values() if names[0]))


def _list_url(patient: Patient, analyte: str, after: int | None = None) -> str:
    query = [f"analyte={analyte}"] if analyte else []
    query += [f"after={after}"] if after else []
    return reverse("results:list", args=[patient.pk]) + ("?" + "&".join(query) if query else "")
