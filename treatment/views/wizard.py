"""The planning wizard: one view for every step, and one for a single answer."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from accounts.middleware import MemberRequest
from treatment.actions.drafts import StaleAnswerError
from treatment.forms.answers import field_name
from treatment.views import follow_up, options, questions, review, sequence, supportive
from treatment.views.desk import Desk, desk_of
from treatment.views.drafts import of_open_draft
from treatment.who import others_in

Context = dict[str, Any]
# Makes the context of the page that says what was not written, from a desk that read anew.
Trouble = Callable[[Desk], Context]

SHOW: Mapping[str, tuple[str, Trouble]] = {
    "questions": ("treatment/questions.html", questions.context),
    "options": ("treatment/options.html", options.context),
    "sequence": ("treatment/sequence.html", sequence.context),
    "supportive": ("treatment/supportive.html", supportive.context),
    "follow_up": ("treatment/follow_up.html", follow_up.context),
    "sign": ("treatment/sign.html", review.context),
}
SAVE: Mapping[str, Callable[[Desk, Any], Trouble | None]] = {
    "questions": questions.save,
    "options": options.save,
    "sequence": sequence.save,
    "supportive": supportive.save,
    "follow_up": follow_up.save,
    "sign": review.save,
}
NOT_ASKED = "Not saved: this is no longer asked."
STALE = "Somebody saved this after you opened the page. Nothing was overwritten; this is how it stands now."


@require_http_methods(["GET", "POST"])
@of_open_draft
def step(request: MemberRequest, patient_id: UUID, draft_id: UUID, step_key: str) -> HttpResponse:
    """Show a step, or write what was posted on it and go where the button says."""
    desk = desk_of(request, patient_id, draft_id, step_key)
    if desk.navigator.allowed is not desk.step:
        return lead_back(request, desk)
    _, show = SHOW[desk.step.page]
    if request.method == "GET":
        return page(request, desk, show(desk))
    try:
        trouble = SAVE[desk.step.page](desk, request.POST)
    except StaleAnswerError:
        fresh = desk.afresh()
        return page(request, fresh, show(fresh) | {"trouble": STALE}, status=422)
    desk = desk.afresh()
    return page(request, desk, trouble(desk), status=422) if trouble else _onward(request, desk)


@require_POST
@of_open_draft
def answer(request: MemberRequest, patient_id: UUID, draft_id: UUID, step_key: str) -> HttpResponse:
    """Write one answer at once; the reply is what the status line beside the question says, or all of it."""
    desk = desk_of(request, patient_id, draft_id, step_key)
    question = request.POST.get("question", "")
    if question not in desk.step.asked(desk.contents.facts):
        return _not_asked(request, desk, question)
    troubles = questions.store(desk, request.POST, (question,))
    after = desk.answered()
    context = {
        "patient": after.patient,
        "draft": after.draft,
        "step": after.step,
        "question": questions.shown(after, question, troubles),
        "whole": "still" in request.POST,
        "milestone": after.navigator.current,
        "others": others_in(after.patient, after.member, now=after.now),
        "at": desk.now,
    }
    reply = render(request, "treatment/saved.html", context, status=422 if troubles.sentences else 200)
    # The panel beside the questions listens for it and asks anew (treatment/live.html).
    return reply if troubles.sentences else trigger_client_event(reply, "answered")


def _not_asked(request: MemberRequest, desk: Desk, question: str) -> HttpResponse:
    """The step no longer asks it since this page was opened. Raises Http404 for what it never asks."""
    reasons = [section.skipped for section in desk.step.sections if question in section.questions]
    if not reasons:
        raise Http404("This step does not ask that.")
    return render(request, "treatment/saved.html", {"sentence": f"{NOT_ASKED} {reasons[0]}"}, status=422)


def page(request: MemberRequest, desk: Desk, context: Context, status: int = 200) -> HttpResponse:
    template, _ = SHOW[desk.step.page]
    return render(request, template, desk.frame() | context, status=status)


def lead_back(request: MemberRequest, desk: Desk) -> HttpResponse:
    """Send a deep link to a step that is not open yet to the one that comes first."""
    messages.info(request, "Say first where the patient is in the course; everything else depends on it.")
    return redirect(desk.url_of(desk.navigator.allowed))


def _onward(request: MemberRequest, desk: Desk) -> HttpResponse:
    """Where the button leads: back, on, to the choice just made, or nowhere."""
    go = request.POST.get("go", "")
    way = desk.navigator
    if go == "back" and way.previous:
        return redirect(desk.url_of(way.previous))
    if (go == "next" or "confirm" in request.POST) and way.next:
        return redirect(desk.url_of(way.next))
    if request.POST.get("still") in desk.step.questions:
        return redirect(desk.url_of(desk.step, f"question-{field_name(request.POST['still'])}"))
    if go == "dates" or "choose" in request.POST:
        return redirect(desk.url_of(desk.step, "dates" if go else "choice"))
    messages.success(request, "Saved.")
    return redirect(desk.url_of(desk.step))
