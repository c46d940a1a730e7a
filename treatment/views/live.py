"""The panel beside the questions: what the stored answers lead to, asked anew whenever one was written.

It has an address of its own, so that storing an answer waits for nothing; what it said before comes with
the request, so that a change is a change for the person who looks, also where a colleague made it.
"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.middleware import MemberRequest
from treatment.presenters.live import NOTHING_SEEN, LiveShown, Seen, live_shown, seen_from
from treatment.views.desk import Desk, desk_of
from treatment.views.drafts import of_open_draft
from treatment.wizard.steps import STEPS


@require_POST
@of_open_draft
def so_far(request: MemberRequest, patient_id: UUID, draft_id: UUID) -> HttpResponse:
    """The panel as it is now. By POST because what was seen is about the patient; nothing is stored."""
    desk = desk_of(request, patient_id, draft_id, STEPS[0].key)
    live = live_of(desk, seen_from({name: str(request.POST[name]) for name in request.POST}))
    context = {"live": live, "draft_url": desk.draft_url, "again": True}
    return render(request, "treatment/live.html", context)


def live_of(desk: Desk, seen: Seen = NOTHING_SEEN) -> LiveShown | None:
    """The panel of a draft; None while the position in the course is not known: nothing can be decided."""
    return live_shown(desk.decision, seen) if desk.is_decidable else None


def waiting(desk: Desk) -> int:
    """How many values of the record the step shows that are no answers before one goes on."""
    return sum(
        question in desk.prefills and desk.prefills[question].current
        for question in desk.step.asked(desk.contents.facts)
        if question not in desk.contents.answers
    )
