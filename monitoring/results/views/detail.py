"""One result: what it says, what became of it; mark it as entered in error, or take that back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.posted import whole_number
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from guideline.edition import load_edition
from monitoring.results.actions import results
from monitoring.results.details import changes_in_words, result_facts
from monitoring.results.models import State
from monitoring.results.presenters import result_in_words
from monitoring.results.queries import changes_of
from monitoring.results.used import uses_of
from monitoring.results.views.frame import result_of
from patients.actions.corrections import StaleRowError
from patients.loader import load_patient
from patients.views.frame import frame


@require_GET
def detail(request: MemberRequest, patient_id: UUID, result_id: int) -> HttpResponse:
    """Everything about one result, and every state it had."""
    patient = load_patient(request, patient_id)
    result = result_of(request, patient, result_id)
    edition = load_edition()
    context = {
        "result": result,
        "facts": result_facts(result, edition),
        "steps": changes_in_words(changes_of(result), edition),
        "in_error": result.state == State.ENTERED_IN_ERROR,
        "uses": uses_of(result),
    }
    return render(request, "monitoring/results/detail.html", frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def error(request: MemberRequest, patient_id: UUID, result_id: int) -> HttpResponse:
    """Ask, then take a result out of every chart and computation."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    result = result_of(request, patient, result_id)
    if result.assessment_id:
        return redirect("results:correct_nerve", patient.pk, result.assessment_id)
    if result.state == State.ENTERED_IN_ERROR:
        raise Http404("It is marked as entered in error already.")
    stale = False
    if request.method == "POST":
        try:
            results.mark_error(
                result=result,
                expected_version=whole_number(request.POST.get("version", "")),
                by=require_membership(request),
            )
        except StaleRowError as refused:
            result, stale = refused.current, True
        else:
            messages.success(request, "Marked as entered in error.")
            return redirect("results:list", patient.pk)
    context = {"result": result, "in_words": result_in_words(result, load_edition()), "stale": stale}
    page = "monitoring/results/error.html"
    return render(request, page, frame(request, patient) | context, status=422 if stale else 200)


@require_POST
def take_back(request: MemberRequest, patient_id: UUID, result_id: int) -> HttpResponse:
    """Let a result that was marked as entered in error stand again."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    result = result_of(request, patient, result_id)
    if result.state != State.ENTERED_IN_ERROR or result.assessment_id:
        raise Http404("Nothing to take back.")
    try:
        results.take_back_error(
            result=result,
            expected_version=whole_number(request.POST.get("version", "")),
            by=require_membership(request),
        )
    except StaleRowError:
        messages.error(request, "Somebody saved this result meanwhile; look at it again below.")
    else:
        messages.success(request, "The result stands again.")
    return redirect("results:detail", patient.pk, result.pk)
