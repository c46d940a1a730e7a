"""Offers between hospitals: what is offered to us, what we offered, and who has gone."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from patients.actions import transfers
from patients.actions.care_team import NotOfThisHospitalError
from patients.loader import note_access
from patients.models import Patient, Transfer
from poems_site.pages.transfers.forms import AcceptForm, RejectForm
from poems_site.workflows import transfer as workflow

SHOWN = 100
ENDED = "This offer was answered or withdrawn meanwhile; nothing was changed."
TAKEN = "Record number {} belongs to another patient of this hospital; each number is given once."
COLLIDES = (
    "Another patient of this hospital holds a number of this record, such as a national or insurance number. "
    "It may be the same person: look for them, and correct that number before you accept."
)
CANNOT_LEAD = "{} has no active clinical role here any more; choose somebody else."


@require_GET
def overview(request: MemberRequest) -> HttpResponse:
    """What waits for an answer first, then what became of the others."""
    me = require_membership(request)
    people = ("from_hospital", "to_hospital", "offered_by", "ended_by")
    ours = Transfer.objects.from_hospital_of(me).select_related(*people).order_by("-offered_at")
    theirs = Transfer.objects.to_hospital_of(me).select_related(*people).order_by("-offered_at")
    ended = Transfer.objects.visible_to(me).exclude(state="offered").select_related(*people)
    context = {
        "incoming": theirs.open()[:SHOWN],
        # The patient of an open offer is still ours to see; of one that was accepted only the offer is.
        "outgoing": ours.open().select_related("patient")[:SHOWN],
        "ended": ended.order_by("-ended_at")[:SHOWN],
        "here": me.hospital_id,
        "may_transfer": me.may(Permission.TRANSFER_PATIENTS),
    }
    return render(request, "transfers/list.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: MemberRequest, transfer_id: UUID) -> HttpResponse:
    """An offer to this hospital, and accepting it."""
    me = require_membership(request)
    offers = Transfer.objects.to_hospital_of(me).select_related("from_hospital", "offered_by", "ended_by")
    standing = get_object_or_404(offers, pk=transfer_id)
    form = AcceptForm(request.POST or None, member=me, initial={"submission": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        patient = _accepted(request, standing, form)
        if patient is not None:
            note_access(request, patient, AccessKind.CHANGED)
            messages.success(request, "The patient is in care here now, with the whole record.")
            if Patient.objects.visible_to(me).filter(pk=patient.pk).exists():
                return redirect("patients:overview", patient.pk)
            return redirect("transfers:list")  # the care team that was named has the record now
    context = {"transfer": standing, "form": form, "reject_form": RejectForm()}
    return render(request, "transfers/answer.html", context, status=422 if form.errors else 200)


@require_POST
def reject(request: MemberRequest, transfer_id: UUID) -> HttpResponse:
    me = require_membership(request)
    standing = get_object_or_404(Transfer.objects.to_hospital_of(me), pk=transfer_id)
    form = RejectForm(request.POST)
    if not form.is_valid():
        context = {
            "transfer": standing,
            "form": AcceptForm(member=me, initial={"submission": uuid.uuid4()}),
            "reject_form": form,
        }
        return render(request, "transfers/answer.html", context, status=422)
    try:
        transfers.reject(transfer=standing, answer=form.cleaned_data["answer"], by=me, now=timezone.now())
    except transfers.TransferEndedError:
        messages.error(request, ENDED)
    else:
        messages.success(request, "Turned down. The other hospital sees your answer.")
    return redirect("transfers:list")


@require_POST
def withdraw(request: MemberRequest, transfer_id: UUID) -> HttpResponse:
    me = require_membership(request)
    standing = get_object_or_404(Transfer.objects.from_hospital_of(me), pk=transfer_id)
    try:
        transfers.withdraw(transfer=standing, by=me, now=timezone.now())
    except transfers.TransferEndedError:
        messages.error(request, ENDED)
    else:
        messages.success(request, "The offer is withdrawn. The patient stays here.")
    return redirect("transfers:list")


def _accepted(request: MemberRequest, standing: Transfer, form: AcceptForm) -> Patient | None:
    """The patient, or None with the reason on the form."""
    data = form.cleaned_data
    try:
        return workflow.accept(
            transfer=standing,
            record_number=data["record_number"],
            responsible=data["responsible"],
            submission=data["submission"],
            by=require_membership(request),
            now=timezone.now(),
            on=timezone.localdate(),
        )
    except transfers.TransferEndedError:
        form.add_error(None, ENDED)
    except transfers.RecordNumberTakenError:
        form.add_error("record_number", TAKEN.format(data["record_number"]))
    except transfers.CollisionError:
        form.add_error(None, COLLIDES)
    except NotOfThisHospitalError:
        form.add_error("responsible", CANNOT_LEAD.format(data["responsible"].user.full_name))
    return None
