"""List, enter, correct results, and mark them as entered in error."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from guideline.edition import load_edition
from monitoring.results.actions import results
from monitoring.results.forms.result import ResultForm, initial_of
from monitoring.results.models import Result
from monitoring.results.presenters import quantity_shown, result_lines, series_shown
from monitoring.results.queries import known_words, page_of_results
from monitoring.results.units import SPELLINGS
from patients.loader import load_patient
from patients.models import AccessKind, Patient
from patients.presenters import identity_strip

STALE = "Somebody saved this result after you opened the form. Nothing was overwritten."
DEFAULT_ANALYTE = "vegf"


@require_GET
def result_list(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The patient's results, newest first; ``analyte`` narrows, ``after`` pages."""
    patient = load_patient(request, patient_id)
    edition = load_edition()
    chosen = request.GET.get("analyte", "")
    listed = {**edition.analytes, **edition.instruments}
    analyte = chosen if chosen in listed else ""
    after = request.GET.get("after", "")
    page = page_of_results(patient, analyte=analyte, after=int(after) if _is_key(after) else None)
    context = {
        "lines": result_lines(page.rows, edition),
        "analyte": analyte,
        "analytes": listed.values(),
        "newest_url": _list_url(patient, analyte) if after else "",
        "older_url": _list_url(patient, analyte, page.older) if page.older else "",
    }
    return render(request, "monitoring/results/list.html", _frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    asked_for = request.GET.get("analyte", DEFAULT_ANALYTE)
    form = _form(request, patient, {"analyte": asked_for})
    if request.method == "POST" and form.is_valid():
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
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    result = _result(request, patient, result_id)
    if result.assessment_id:
        return redirect("results:correct_nerve", patient.pk, result.assessment_id)
    form = _form(request, patient, initial_of(result))
    changed_meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            results.correct(
                result=result,
                entry=form.entry,
                expected_version=form.cleaned_data["version"] or 0,
                by=require_membership(request),
            )
        except results.StaleResultError as stale:
            changed_meanwhile = _in_words(stale.current)
            form.add_error(None, STALE)
            form.take_version(stale.current.version)
        else:
            messages.success(request, "Result corrected; the history keeps what stood before.")
            return redirect("results:list", patient.pk)
    context = {"heading": "Correct a result", "result": result, "changed_meanwhile": changed_meanwhile}
    return _show_form(request, patient, form, context)


@require_http_methods(["GET", "POST"])
def error(request: MemberRequest, patient_id: UUID, result_id: int) -> HttpResponse:
    """Ask, then take a result out of every chart and computation."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    result = _result(request, patient, result_id)
    if result.assessment_id:
        return redirect("results:correct_nerve", patient.pk, result.assessment_id)
    stale = False
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            results.mark_error(
                result=result,
                expected_version=int(version) if _is_key(version) else 0,
                by=require_membership(request),
            )
        except results.StaleResultError as refused:
            result, stale = refused.current, True
        else:
            messages.success(request, "Marked as entered in error.")
            return redirect("results:list", patient.pk)
    context = {"result": result, "in_words": _in_words(result), "stale": stale}
    page = "monitoring/results/error.html"
    return render(request, page, _frame(request, patient) | context, status=422 if stale else 200)


def _result(request: MemberRequest, patient: Patient, result_id: int) -> Result:
    standing = Result.objects.visible_to(require_membership(request)).of(patient).kept()
    result: Result = get_object_or_404(standing, pk=result_id)
    return result


def _form(request: MemberRequest, patient: Patient, initial: dict[str, Any]) -> ResultForm:
    return ResultForm(
        request.POST or None,
        edition=load_edition(),
        on=timezone.localdate(),
        born=patient.birth_date,
        known={field: known_words(patient, field) for field in ("laboratory", "method")},
        initial=initial,
    )


def _show_form(
    request: MemberRequest, patient: Patient, form: ResultForm, context: dict[str, Any]
) -> HttpResponse:
    offers = {"form": form, "known": form.known, "units": [names[0] for names in SPELLINGS.values()]}
    page = "monitoring/results/form.html"
    whole = _frame(request, patient) | offers | context
    return render(request, page, whole, status=422 if form.errors else 200)


def _in_words(result: Result) -> str:
    value = quantity_shown(result.value, result.comparator, result.unit, unable=result.unable)
    series = series_shown(result.specimen, result.laboratory, result.method)
    return f"{value}, {series}, collected on {result.collected_on:%-d %B %Y}"


def _frame(request: MemberRequest, patient: Patient) -> dict[str, Any]:
    return {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "may_edit": require_membership(request).may(Permission.EDIT_PATIENTS),
    }


def _list_url(patient: Patient, analyte: str, after: int | None = None) -> str:
    query = [f"analyte={analyte}"] if analyte else []
    query += [f"after={after}"] if after else []
    return reverse("results:list", args=[patient.pk]) + ("?" + "&".join(query) if query else "")


def _is_key(text: str) -> bool:
    """Whether the text can be a row's number or version: digits that fit a database integer."""
    return text.isascii() and text.isdigit() and len(text) < len(str(2**31))
