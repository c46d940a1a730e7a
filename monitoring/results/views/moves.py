"""Move an entry to the patient it belongs to: search, look at both, say why.

The search is posted: a name in an address would stay in the history of a shared computer.
"""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.posted import whole_number
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from monitoring.results.actions import moves
from monitoring.results.models import MovedKind
from monitoring.results.moved import moved_in_words
from patients.loader import load_patient
from patients.models import Patient
from patients.presenters import identity_strip
from patients.views.frame import frame

FOUND_AT_MOST = 20
STALE = "Somebody saved or moved this entry meanwhile. Nothing was moved; look at it again."
BACK = {MovedKind.RESULT: "results:list", MovedKind.PET: "results:pet", MovedKind.NERVE: "results:nerve"}


@require_http_methods(["GET", "POST"])
def move_result(request: MemberRequest, patient_id: UUID, result_id: int) -> HttpResponse:
    return _move(request, patient_id, MovedKind.RESULT, result_id)


@require_http_methods(["GET", "POST"])
def move_scan(request: MemberRequest, patient_id: UUID, scan_id: int) -> HttpResponse:
    return _move(request, patient_id, MovedKind.PET, scan_id)


@require_http_methods(["GET", "POST"])
def move_assessment(request: MemberRequest, patient_id: UUID, assessment_id: int) -> HttpResponse:
    return _move(request, patient_id, MovedKind.NERVE, assessment_id)


def _move(request: MemberRequest, patient_id: UUID, kind: MovedKind, row_id: int) -> HttpResponse:
    """First find the other patient, then look at both and confirm."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    member = require_membership(request)
    rows = moves.MODELS[kind]._default_manager.visible_to(member).of(patient)
    row: moves.Movable = get_object_or_404(rows, pk=row_id)
    context: dict[str, Any] = {"kind": kind, "what": moved_in_words(row), "row": row, "back": BACK[kind]}
    if "to" in request.POST:
        return _confirm(request, patient, kind, row, context)
    text = request.POST.get("q", "").strip()[:200].replace("\x00", "")
    patients = Patient.objects.visible_to(member).exclude(pk=patient.pk)
    found = list(patients.matching(text)[:FOUND_AT_MOST]) if text else []
    context |= {"q": text, "found": found}
    return render(request, "monitoring/results/move_find.html", frame(request, patient) | context)


def _confirm(
    request: MemberRequest, patient: Patient, kind: MovedKind, row: moves.Movable, context: dict[str, Any]
) -> HttpResponse:
    to = _other(request)
    refused = ""
    if "reason" in request.POST:
        try:
            moves.move(
                kind=kind,
                row_id=row.pk,
                patient=patient,
                to=to,
                reason=request.POST["reason"][:500],
                expected_version=whole_number(request.POST.get("version", "")),
                submission=_submission(request),
                by=require_membership(request),
                now=timezone.now(),
            )
        except moves.StaleMoveError:
            refused = STALE
        except moves.MoveRefusedError as error:
            refused = str(error)
        else:
            messages.success(request, "Moved. Both histories show it; moving it again takes it back.")
            return redirect(BACK[kind], patient.pk)
    context |= {
        "to": to,
        "to_identity": identity_strip(to, on=timezone.localdate()),
        "refused": refused,
        "reason": request.POST.get("reason", "")[:500],
        "submission": request.POST.get("submission") or uuid4(),
    }
    page = "monitoring/results/move_confirm.html"
    return render(request, page, frame(request, patient) | context, status=422 if refused else 200)


def _other(request: MemberRequest) -> Patient:
    """The patient that was chosen; opening them is noted as a look."""
    try:
        other = UUID(request.POST["to"])
    except ValueError as error:
        raise Http404("No such patient in this hospital.") from error
    return load_patient(request, other, AccessKind.CHANGED)


def _submission(request: MemberRequest) -> UUID:
    try:
        return UUID(request.POST.get("submission", ""))
    except (ValueError, ValidationError):
        return uuid4()
