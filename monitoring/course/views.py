"""The timeline page and the data its chart draws."""

import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.posted import whole_number
from accounts.queries import require_membership
from guideline.edition import load_edition
from monitoring.course.presenters import PAGE_SIZE, chart_data, in_words, table_page
from monitoring.course.queries import points_of
from monitoring.course.series import series_of
from patients.loader import load_patient
from patients.presenters import identity_strip
from patients.queries import treatments_of

ANALYTE = "vegf"


@require_GET
def timeline(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """Treatments and VEGF: a chart, the same in words, and a table of the values, newest first."""
    patient = load_patient(request, patient_id)
    today = timezone.localdate()
    edition = load_edition()
    analyte = edition.analytes[ANALYTE]
    points = points_of(patient, ANALYTE)
    series = series_of(points, edition)
    after = request.GET.get("after", "")
    lines, older = table_page(series, analyte, after=whole_number(after, below=2**63) or None)
    own_url = reverse("course:timeline", args=[patient.pk])
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=today),
        "treatments": treatments_of(patient),
        "analyte": analyte,
        "summaries": in_words(series, analyte),
        "lines": lines,
        "total": len(points),
        "page_size": PAGE_SIZE,
        "newest_url": f"{own_url}#values" if after else "",
        "older_url": f"{own_url}?after={older}#values" if older else "",
        "may_edit": require_membership(request).may(Permission.EDIT_PATIENTS),
    }
    return render(request, "monitoring/course/timeline.html", context)


@require_GET
def data(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The chart's data as JSON; reading it is noted as a look of its own."""
    patient = load_patient(request, patient_id)
    edition = load_edition()
    series = series_of(points_of(patient, ANALYTE), edition)
    drawn = chart_data(series, treatments_of(patient), edition.analytes[ANALYTE], on=timezone.localdate())
    return HttpResponse(json.dumps(drawn), content_type="application/json")
