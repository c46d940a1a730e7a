"""Move an event that items count from, after showing what would move."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from monitoring.follow_ups import presenters
from monitoring.follow_ups.actions import anchors
from monitoring.follow_ups.forms import EventForm
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.views.frame import frame, today
from patients.loader import load_patient_in_care
from patients.models import Patient


@require_http_methods(["GET", "POST"])
def move_event(
    request: MemberRequest, patient_id: UUID, origin_id: UUID, anchor: str, day: str
) -> HttpResponse:
    """Ask for the new day, show every date before and after, then move; moving back undoes it."""
    patient = load_patient_in_care(request, patient_id)
    seen = _day(day)
    items = list(
        anchors.of_anchor(patient, origin_id, anchor, seen, require_membership(request)).by_urgency()
    )
    form = EventForm(request.POST or None, initial=_proposed(request), seen=seen, on=today(request))
    if request.method == "POST" and form.is_valid():
        if "preview" not in request.POST and _moved(request, patient, (origin_id, anchor, seen), form):
            return redirect("follow_ups:patient", patient.pk)
        return _show(request, patient, form, items)
    if not items:
        raise Http404("Nothing open counts from this event on this day.")
    return _show(request, patient, form, items)


def _moved(request: MemberRequest, patient: Patient, event: tuple[UUID, str, date], form: EventForm) -> bool:
    origin, anchor, seen = event
    to = form.cleaned_data["to"]
    try:
        items = anchors.move(
            patient=patient,
            origin=origin,
            anchor=anchor,
            seen=seen,
            to=to,
            note=form.cleaned_data["note"],
            submission=form.cleaned_data["submission"],
            by=require_membership(request),
            now=timezone.now(),
        )
    except anchors.StaleAnchorError:
        form.add_error(
            None, "Somebody moved these follow-ups meanwhile. Nothing was changed; look at them again."
        )
        return False
    if items:
        count = "1 follow-up moved" if len(items) == 1 else f"{len(items)} follow-ups moved"
        messages.success(
            request, f"{count}; to take it back, move the event to {presenters.day_in_words(seen)}."
        )
    return True


def _show(request: MemberRequest, patient: Patient, form: EventForm, items: list[FollowUp]) -> HttpResponse:
    to = form.cleaned_data.get("to") if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {
        "form": form,
        "event": presenters.anchor_in_words(items[0].anchor) if items else "event",
        "seen": form.seen,
        "to": to,
        "moves": presenters.moves(items, to - form.seen) if to else [],
        "items": len(items),
    }
    status = 422 if form.errors else 200
    return render(request, "monitoring/follow_ups/move_event.html", frame(patient) | context, status=status)


def _proposed(request: MemberRequest) -> dict[str, Any]:
    """The day that the record has, when the page was opened from there."""
    try:
        return {"to": date.fromisoformat(request.GET.get("to", ""))}
    except ValueError:
        return {}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404("Not a day.") from error
