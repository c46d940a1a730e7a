"""Confirm or change a computed response."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from monitoring.course.actions import responses
from monitoring.course.courses import course_of
from monitoring.course.forms import ResponseForm
from monitoring.course.models import Axis
from monitoring.course.presenters.reading import panel_of, word_of
from monitoring.course.queries import decisions_of
from monitoring.course.resting import rests_on
from patients.loader import load_patient
from patients.presenters import identity_strip


@require_http_methods(["GET", "POST"])
def decide(request: MemberRequest, patient_id: UUID, axis: str) -> HttpResponse:
    """What was computed and why, and a form for the clinician's own word."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    if axis not in Axis.values or not settings.CDS_ENABLED:
        raise Http404("No such axis.")
    course = course_of(patient, on=timezone.localdate())
    computed = word_of(axis, course.reading)
    seen = rests_on(axis, course.history.parsed, course.edition)
    form = ResponseForm(request.POST or None, axis=axis, computed=computed, rests_on=seen)
    if request.method == "POST" and form.is_valid():
        decision = responses.Decision(
            axis=axis,
            computed=computed,
            decided=form.cleaned_data["decided"],
            reason=form.cleaned_data["reason"],
            rests_on=seen,
            content_version=course.edition.version,
        )
        submission, by = form.cleaned_data["submission"], require_membership(request)
        responses.decide(patient=patient, decision=decision, submission=submission, by=by, now=timezone.now())
        messages.success(request, "Saved beside what was computed.")
        return redirect("course:timeline", patient.pk)
    panel = panel_of(course, decisions_of(patient))
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=course.on),
        "panel": panel,
        "axis": next(one for one in panel.axes if one.key == axis),
        "form": form,
    }
    return render(request, "monitoring/course/decide.html", context, status=422 if form.errors else 200)
