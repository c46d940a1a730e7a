"""What is due in the hospital, the follow-ups of one patient, and moving or ending one."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from monitoring.follow_ups import presenters, queries
from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.forms import DONE, CloseForm, FollowUpForm, RescheduleForm
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp, Reason
from monitoring.follow_ups.stages import timing_of
from patients.loader import load_patient, load_patient_in_care
from patients.models import Patient
from patients.presenters import identity_strip


@require_GET
def follow_up_list(request: MemberRequest) -> HttpResponse:
    """What the hospital still expects, most urgent first: mine, or everybody's with ``who=all``."""
    me = require_membership(request)
    mine = request.GET.get("who") != "all"
    items = list(queries.open_items(me, mine=mine)[: queries.LIST_SIZE])
    context = {
        "rows": presenters.by_urgency(
            presenters.rows(items, on=_today(request), timing=timing_of(me.hospital))
        ),
        "mine": mine,
        "list_size": queries.LIST_SIZE,
    }
    return render(request, "monitoring/follow_ups/list.html", context)


@require_GET
def patient_follow_ups(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    me = require_membership(request)
    patient = load_patient(request, patient_id)
    on = _today(request)
    items = queries.items_of(me, patient)
    context = {
        "rows": presenters.rows(
            items, on=on, timing=timing_of(me.hospital), steps=queries.steps_of(me, patient)
        ),
        "may_manage": me.may(Permission.MANAGE_FOLLOW_UPS),
    }
    return render(request, "monitoring/follow_ups/patient.html", _frame(patient) | context)


@require_http_methods(["GET", "POST"])
def reschedule(request: MemberRequest, patient_id: UUID, follow_up_id: UUID) -> HttpResponse:
    patient, item = _load(request, patient_id, follow_up_id)
    form = RescheduleForm(request.POST or None, follow_up=item, on=_today(request))
    if request.method == "POST" and form.is_valid():
        window = {name: form.cleaned_data[name] for name in ("earliest", "due", "latest")}
        moved = _saved(form, lambda: follow_ups.reschedule(**window, **_change(request, form)))
        if moved is not None:
            day = presenters.day_in_words(moved.due)
            messages.success(request, f"{moved.title} is now due on {day}.")
            return redirect("follow_ups:patient", patient.pk)
    return _show_form(request, patient, form, heading="Move a follow-up", button="Move")


@require_http_methods(["GET", "POST"])
def close(request: MemberRequest, patient_id: UUID, follow_up_id: UUID) -> HttpResponse:
    patient, item = _load(request, patient_id, follow_up_id)
    form = CloseForm(request.POST or None, follow_up=item, on=_today(request))
    if request.method == "POST" and form.is_valid():
        ended = _saved(form, lambda: _end(request, form))
        if ended is not None:
            messages.success(request, f"{ended.title} is no longer waiting.")
            return redirect("follow_ups:patient", patient.pk)
    return _show_form(request, patient, form, heading="Close a follow-up", button="Close the follow-up")


def _end(request: MemberRequest, form: CloseForm) -> FollowUp:
    """One call: done here, or closed for a reason."""
    outcome, happened_on = form.cleaned_data["outcome"], form.cleaned_data["happened_on"]
    if outcome == DONE:
        return follow_ups.done(done_on=happened_on, **_change(request, form))
    return follow_ups.close(reason=Reason(outcome), happened_on=happened_on, **_change(request, form))


def _change(request: MemberRequest, form: FollowUpForm) -> dict[str, Any]:
    """What every change of an item needs from a valid form."""
    return {
        "follow_up": form.follow_up,
        "note": form.cleaned_data["note"],
        "submission": form.cleaned_data["submission"],
        "expected_version": form.cleaned_data["version"],
        "by": require_membership(request),
        "now": timezone.now(),
    }


def _today(request: MemberRequest) -> date:
    """The day where the hospital stands."""
    return local_day(require_membership(request).hospital, timezone.now())


def _saved(form: FollowUpForm, save: Callable[[], FollowUp]) -> FollowUp | None:
    """The item after ``save``, or None with a sentence on the form when somebody else was faster."""
    try:
        return save()
    except follow_ups.NotOpenError as error:
        form.add_error(None, f"This follow-up is already {error.current.get_state_display().lower()}.")
    except follow_ups.StaleFollowUpError as stale:
        form.add_error(
            None,
            "Somebody changed this follow-up after you opened the form; it is due on "
            f"{presenters.day_in_words(stale.current.due)}. Nothing was overwritten; save again to replace.",
        )
        form.take_version(stale.current.version)
    return None


def _load(request: MemberRequest, patient_id: UUID, follow_up_id: UUID) -> tuple[Patient, FollowUp]:
    me = require_membership(request)
    patient = load_patient_in_care(request, patient_id)
    items = FollowUp.objects.visible_to(me).of(patient).select_related("responsible")
    return patient, get_object_or_404(items, pk=follow_up_id)


def _show_form(
    request: MemberRequest, patient: Patient, form: FollowUpForm, *, heading: str, button: str
) -> HttpResponse:
    context = {
        "form": form,
        "row": presenters.row(
            form.follow_up, on=_today(request), timing=timing_of(require_membership(request).hospital)
        ),
        "heading": heading,
        "button": button,
    }
    status = 422 if form.errors else 200
    return render(request, "monitoring/follow_ups/form.html", _frame(patient) | context, status=status)


def _frame(patient: Patient) -> dict[str, Any]:
    return {"patient": patient, "identity": identity_strip(patient, on=timezone.localdate())}
