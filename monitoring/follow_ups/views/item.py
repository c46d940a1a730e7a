"""Add a follow-up by hand, move one, end one, or give it to other people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from guideline.edition import load_edition
from monitoring.follow_ups import presenters
from monitoring.follow_ups.actions import follow_ups, people
from monitoring.follow_ups.forms import DONE, CloseForm, FollowUpForm, PeopleForm, RescheduleForm
from monitoring.follow_ups.kinds import kinds_of
from monitoring.follow_ups.models import FollowUp, Reason
from monitoring.follow_ups.new_form import NewForm
from monitoring.follow_ups.people import able_people
from monitoring.follow_ups.stages import timing_of
from monitoring.follow_ups.views.frame import change_of, frame, saved, today
from patients.loader import load_patient_in_care
from patients.models import Patient
from patients.queries.emergency import who_may_open


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """An examination that no plan asked for."""
    me = require_membership(request)
    patient = load_patient_in_care(request, patient_id)
    form = NewForm(
        request.POST or None,
        kinds=kinds_of(load_edition()),
        people=who_may_open(patient, able_people(me), by=me),
        me=me.user_id,
        on=today(request),
    )
    if request.method == "POST" and form.is_valid():
        item = form.item
        follow_ups.schedule(
            patient=patient,
            items=[item],
            origin=form.cleaned_data["submission"],
            responsible=me.user,
            note=form.cleaned_data["note"],
            by=me,
            now=timezone.now(),
        )
        messages.success(request, f"{item.title} is due on {presenters.day_in_words(item.due)}.")
        return redirect("follow_ups:patient", patient.pk)
    context = frame(patient) | {"form": form, "heading": "Add a follow-up", "button": "Add"}
    status = 422 if form.errors else 200
    return render(request, "monitoring/follow_ups/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def reschedule(request: MemberRequest, patient_id: UUID, follow_up_id: UUID) -> HttpResponse:
    patient, item = _load(request, patient_id, follow_up_id)
    form = RescheduleForm(request.POST or None, follow_up=item, on=today(request))
    if request.method == "POST" and form.is_valid():
        window = {name: form.cleaned_data[name] for name in ("earliest", "due", "latest")}
        moved = saved(form, lambda: follow_ups.reschedule(**window, **change_of(request, form)))
        if moved is not None:
            day = presenters.day_in_words(moved.due)
            messages.success(request, f"{moved.title} is now due on {day}.")
            return redirect("follow_ups:patient", patient.pk)
    return _show(request, patient, form, heading="Move a follow-up", button="Move")


@require_http_methods(["GET", "POST"])
def close(request: MemberRequest, patient_id: UUID, follow_up_id: UUID) -> HttpResponse:
    patient, item = _load(request, patient_id, follow_up_id)
    form = CloseForm(request.POST or None, follow_up=item, on=today(request))
    if request.method == "POST" and form.is_valid():
        ended = saved(form, lambda: _end(request, form))
        if ended is not None:
            messages.success(request, f"{ended.title} is no longer waiting.")
            return redirect("follow_ups:patient", patient.pk)
    return _show(request, patient, form, heading="Close a follow-up", button="Close the follow-up")


@require_http_methods(["GET", "POST"])
def assign(request: MemberRequest, patient_id: UUID, follow_up_id: UUID) -> HttpResponse:
    """Who answers for an item, and who is told next."""
    patient, item = _load(request, patient_id, follow_up_id)
    me = require_membership(request)
    able = who_may_open(patient, able_people(me), by=me)
    form = PeopleForm(request.POST or None, follow_up=item, people=able, on=today(request))
    if request.method == "POST" and form.is_valid():
        chosen = {member.user_id: member.user for member in able}
        given = saved(
            form,
            lambda: people.assign(
                responsible=chosen[form.cleaned_data["responsible"]],
                deputy=chosen.get(form.cleaned_data["deputy"]),
                **change_of(request, form),
            ),
        )
        if given is not None:
            messages.success(request, f"{given.responsible.full_name} answers for {given.title}.")
            return redirect("follow_ups:patient", patient.pk)
    return _show(request, patient, form, heading="Who answers for a follow-up", button="Save")


def _end(request: MemberRequest, form: CloseForm) -> FollowUp:
    """One call: done here, or closed for a reason."""
    outcome, happened_on = form.cleaned_data["outcome"], form.cleaned_data["happened_on"]
    if outcome == DONE:
        return follow_ups.done(done_on=happened_on, **change_of(request, form))
    return follow_ups.close(reason=Reason(outcome), happened_on=happened_on, **change_of(request, form))


def _load(request: MemberRequest, patient_id: UUID, follow_up_id: UUID) -> tuple[Patient, FollowUp]:
    me = require_membership(request)
    patient = load_patient_in_care(request, patient_id)
    items = FollowUp.objects.visible_to(me).of(patient).select_related("responsible", "deputy")
    return patient, get_object_or_404(items, pk=follow_up_id)


def _show(request: MemberRequest, patient: Patient, form: FollowUpForm, **words: Any) -> HttpResponse:
    timing = timing_of(require_membership(request).hospital)
    context = {"form": form, "row": presenters.row(form.follow_up, on=today(request), timing=timing), **words}
    status = 422 if form.errors else 200
    return render(request, "monitoring/follow_ups/form.html", frame(patient) | context, status=status)
