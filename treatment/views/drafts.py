"""Begin a draft, discard it, and where a closed one leads."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from guideline.edition import load_edition
from patients.loader import load_patient_in_care
from patients.queries.emergency import who_may_open
from treatment.actions import drafts, handing_over
from treatment.actions.drafts import DraftClosedError
from treatment.facts import snapshot
from treatment.forms.hand_over import HandOverForm
from treatment.models import Draft, DraftState
from treatment.on_record import on_record
from treatment.views.desk import desk_of, proposed_line
from treatment.who import colleagues_who_plan, open_drafts
from treatment.wizard.steps import STEP, STEPS

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[MemberRequest, Arguments], HttpResponse]

CLOSED = "This draft is closed; nothing was saved. Open the plans of the patient to go on."


def of_open_draft(view: View[Arguments]) -> View[Arguments]:
    """Send a request about a draft that is closed, or was closed meanwhile, to what became of it."""

    @wraps(view)
    def guarded(request: MemberRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DraftClosedError as closed:
            if request.headers.get("HX-Request"):
                return render(request, "treatment/saved.html", {"sentence": CLOSED}, status=422)
            return _what_became_of(request, closed.draft)

    return guarded


@require_POST
def start(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient_in_care(request, patient_id)
    recorded = on_record(patient, load_edition(), on=timezone.localdate()).facts
    draft = drafts.start(
        patient=patient, record=snapshot(recorded), by=require_membership(request), now=timezone.now()
    )
    address = reverse("treatment:step", args=[patient.pk, draft.pk, STEPS[0].key])
    # Whoever comes from an alert brings the place in the course it speaks of; it is still to be confirmed.
    line = proposed_line(request.POST)
    return redirect(f"{address}?{urlencode({'line': line})}" if line else address)


@require_POST
@of_open_draft
def discard(request: MemberRequest, patient_id: UUID, draft_id: UUID) -> HttpResponse:
    desk = desk_of(request, patient_id, draft_id, STEPS[0].key)
    drafts.discard(draft=desk.draft, by=desk.member, now=desk.now)
    messages.success(request, "The draft was discarded. Nothing was signed.")
    return redirect("treatment:plans", desk.patient.pk)


@require_POST
@of_open_draft
def hand_over(request: MemberRequest, patient_id: UUID, draft_id: UUID) -> HttpResponse:
    """Give the draft to a colleague; the answers stay as they are."""
    desk = desk_of(request, patient_id, draft_id, STEPS[0].key)
    able = who_may_open(desk.patient, colleagues_who_plan(desk.member), by=desk.member)
    form = HandOverForm(able, desk.draft, desk.member, request.POST)
    if not form.is_valid():
        for error in form.errors["to"]:
            messages.error(request, f"{error} Nothing was handed over.")
        return redirect("treatment:plans", desk.patient.pk)
    try:
        draft = handing_over.hand_over(
            draft=desk.draft, to=form.cleaned_data["to"], by=desk.member, now=desk.now
        )
    except handing_over.NotAColleagueError:
        messages.error(request, "That person may no longer plan here. Nothing was handed over.")
        return redirect("treatment:plans", desk.patient.pk)
    messages.success(request, f"{draft.held_by.full_name} finds the draft on the list of drafts.")
    return redirect("treatment:plans", desk.patient.pk)


@require_GET
def draft_list(request: MemberRequest) -> HttpResponse:
    """The plans being made in the hospital."""
    me = require_membership(request)
    rows = [
        {"draft": draft, "step": STEP[step], "mine": draft.held_by_id == me.user_id}
        for draft, step in open_drafts(me)
    ]
    return render(request, "treatment/drafts.html", {"rows": rows})


def _what_became_of(request: MemberRequest, draft: Draft) -> HttpResponse:
    """A draft that was signed leads to its plan, a discarded one to the plans of the patient."""
    if draft.state == DraftState.SIGNED:
        return redirect("treatment:plan", draft.patient_id, draft.plan.pk)
    messages.warning(request, "That draft was discarded; nothing was saved.")
    return redirect("treatment:plans", draft.patient_id)
