"""Breaking the glass: the form, who did it, and the log without patients for the admins."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.scope import hospital_scope
from accounts.trail.kinds import AccessKind
from accounts.trail.requests import note_grant
from patients.actions import emergency
from patients.forms.emergency import EmergencyForm
from patients.loader import note_access
from patients.models import EmergencyAccess
from patients.models.emergency import LASTS
from patients.queries.emergency import taken_from, taken_in
from patients.querysets import sees_every_patient

HOURS = int(LASTS.total_seconds() // 3600)


@require_http_methods(["GET", "POST"])
def open_record(request: MemberRequest) -> HttpResponse:
    """Ask for number and reason, and open the record. Nothing of it is shown before."""
    me = require_membership(request)
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            access = emergency.open_record(by=me, now=timezone.now(), **form.cleaned_data)
        except emergency.NoHiddenRecordError as nothing:
            if nothing.patient is not None:
                messages.info(request, "This record is open to you anyway.")
                return redirect("patients:overview", nothing.patient.pk)
            form.add_error("record_number", "Your hospital has no record with exactly this number.")
        else:
            note_access(request, access.patient, AccessKind.OPENED)
            note_grant(request, access.pk)
            messages.warning(request, "The record is open to you. Those who look after the patient are told.")
            return redirect("patients:overview", access.patient_id)
    context = {"form": form, "hours": HOURS, "sees_every_patient": sees_every_patient(me)}
    return render(request, "patients/emergency/open.html", context, status=422 if form.errors else 200)


@require_GET
def taken(request: MemberRequest) -> HttpResponse:
    """Who broke the glass to records that the member may see, and the member's own."""
    me = require_membership(request)
    context = {"rows": taken_from(me), "now": timezone.now(), "me": me}
    return render(request, "patients/emergency/taken.html", context)


@require_POST
def end(request: MemberRequest, access_id: UUID) -> HttpResponse:
    me = require_membership(request)
    access = get_object_or_404(EmergencyAccess.objects.of_person(me), pk=access_id)
    emergency.end(access=access, by=me, now=timezone.now())
    messages.success(request, "Your emergency access has ended.")
    return redirect("emergency:list")


@require_GET
def log(request: MemberRequest) -> HttpResponse:
    """For admins: who, when and for which kind of reason; no patient and no words."""
    me = require_membership(request)
    now = timezone.now()
    with hospital_scope(me.hospital_id, actor=str(me.user_id)):
        rows = taken_in(me.hospital_id, now=now)
    return render(request, "patients/emergency/log.html", {"rows": rows})
