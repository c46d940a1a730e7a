"""The timeline page, the values its chart draws, and the same values as a file."""

import io
import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from guideline.edition import load_edition
from monitoring.course.courses import Course, course_of
from monitoring.course.presenters.chart import frame, values
from monitoring.course.presenters.reading import panel_of
from monitoring.course.presenters.table import choices, csv_rows, first_lane, table_page
from monitoring.course.presenters.words import in_words
from monitoring.course.queries import decisions_of, findings_of, points_of, scans_of
from monitoring.course.series import series_of
from monitoring.results.defused import write_csv
from patients.loader import load_patient
from patients.models import Patient
from patients.presenters import identity_strip


@require_GET
def timeline(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The course on one time axis, the same in words, and a table of the values, newest first."""
    patient = load_patient(request, patient_id)
    course = course_of(patient, on=timezone.localdate())
    may_edit = require_membership(request).may(Permission.EDIT_PATIENTS)
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=course.on),
        "course": course,
        "frame": frame(course, patient, may_edit=may_edit, judging=settings.CDS_ENABLED),
        "groups": in_words(course),
        "panel": panel_of(course, decisions_of(patient)) if settings.CDS_ENABLED else None,
        "may_decide": require_membership(request).may(Permission.PLAN_TREATMENT),
        "may_edit": may_edit,
    }
    return render(request, "monitoring/course/timeline.html", context | _table(request, patient, course))


@require_GET
def data(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The values of the chart as JSON; reading them is noted as a look of its own."""
    patient = load_patient(request, patient_id)
    points = [*points_of(patient), *findings_of(patient)]
    drawn = values(series_of(points, load_edition()), scans_of(patient))
    return HttpResponse(json.dumps(drawn), content_type="application/json")


@require_GET
def table(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The values of the timeline in one CSV file, with their change from baseline and from best."""
    patient = load_patient(request, patient_id, AccessKind.EXPORTED)
    text = io.StringIO()
    write_csv(text, csv_rows(course_of(patient, on=timezone.localdate())))
    answer = HttpResponse(("\ufeff" + text.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="timeline-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _table(request: MemberRequest, patient: Patient, course: Course) -> dict[str, Any]:
    """The page of the table that the address asks for; what it does not know is the first."""
    offered = choices(course)
    known = {choice.key for _, several in offered for choice in several}
    lane = request.GET.get("show", "")
    lane = lane if lane in known else first_lane(course)
    page = table_page(course, lane=lane, after=request.GET.get("after", ""))
    own_url = reverse("course:timeline", args=[patient.pk])
    labels = {choice.key: choice.label for _, several in offered for choice in several}
    return {
        "choices": offered,
        "shown": lane,
        "shown_label": labels.get(lane, ""),
        "page": page,
        "newest_url": f"{own_url}?{urlencode({'show': lane})}#values" if page.first > 1 else "",
        "older_url": f"{own_url}?{urlencode({'show': lane, 'after': page.older})}#values"
        if page.older
        else "",
    }


@require_GET
def reading(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """How the course reads in short, as a part of the overview; a look at the overview is noted there."""
    patient = load_patient(request, patient_id)
    course = course_of(patient, on=timezone.localdate())
    panel = panel_of(course, decisions_of(patient)) if settings.CDS_ENABLED else None
    context = {"patient": patient, "panel": panel}
    return render(request, "monitoring/course/reading_short.html", context)
