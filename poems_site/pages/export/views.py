"""Take one patient's record out of the house: each time is noted as an export."""

import io
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import MemberRequest
from accounts.trail.kinds import AccessKind
from guideline.edition import load_edition
from monitoring.results.defused import write_csv
from patients.loader import load_patient
from patients.presenters import identity_strip
from patients.queries import records_of
from poems_site.pages.export.archive import record_archive
from poems_site.pages.export.results import result_rows


@require_GET
def page(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """What can be taken out, and what becomes of it."""
    patient = load_patient(request, patient_id)
    strip = identity_strip(patient, on=timezone.localdate())
    return render(request, "pages/export/page.html", {"patient": patient, "identity": strip})


@require_POST
def record(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The whole record with its history, as a ZIP archive."""
    patient = load_patient(request, patient_id, AccessKind.EXPORTED)
    archive = record_archive(records_of(patient), now=timezone.localtime())
    return _download(archive, "application/zip", f"record-{timezone.localdate():%Y-%m-%d}.zip")


@require_POST
def results(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The results alone, as they are read, in one CSV file."""
    patient = load_patient(request, patient_id, AccessKind.EXPORTED)
    text = io.StringIO()
    write_csv(text, result_rows(patient, load_edition()))
    content = ("\ufeff" + text.getvalue()).encode()
    return _download(content, "text/csv; charset=utf-8", f"results-{timezone.localdate():%Y-%m-%d}.csv")


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
