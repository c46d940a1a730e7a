"""The list of imports, and taking a file: for many patients, or from one patient's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.posted import whole_number
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from monitoring.imports import presenters, queries
from monitoring.imports.actions import batches
from monitoring.imports.forms.upload import UploadForm
from monitoring.imports.models import Source
from patients.loader import load_patient
from patients.models import Patient
from patients.presenters import identity_strip


@require_GET
def batch_list(request: MemberRequest) -> HttpResponse:
    me = require_membership(request)
    context = {"batches": queries.batches_of(me), "shown": queries.BATCHES_SHOWN}
    return render(request, "monitoring/imports/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    return _take(request, None)


@require_http_methods(["GET", "POST"])
def new_for_patient(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    return _take(request, load_patient(request, patient_id, AccessKind.CHANGED))


def _take(request: MemberRequest, patient: Patient | None) -> HttpResponse:
    me = require_membership(request)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        sent_bytes=whole_number(request.META.get("CONTENT_LENGTH", ""), below=2**63),
    )
    if request.method == "POST" and form.is_valid() and form.layout is not None:
        batch = batches.upload(
            content=form.content,
            name=form.file_name,
            layout=form.layout,
            source_name=form.cleaned_data["source"],
            patient=patient,
            submission=form.cleaned_data["submission"],
            by=me,
            now=timezone.now(),
        )
        return redirect("imports:columns", batch.pk)
    context: dict[str, Any] = {
        "form": form,
        "sources": Source.objects.visible_to(me).order_by("name"),
        "steps": presenters.steps_of(None),
        "frame": "base_patient.html" if patient else "base.html",
        "patient": patient,
    }
    if patient is not None:
        context["identity"] = identity_strip(patient, on=timezone.localdate())
    return render(request, "monitoring/imports/new.html", context, status=422 if form.errors else 200)
