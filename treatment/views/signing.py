"""The signature under a draft."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.middleware import MemberRequest
from accounts.proof import prove
from treatment.actions import plans
from treatment.actions.drafts import locked_draft
from treatment.seen import Difference
from treatment.views import newer, review
from treatment.views.desk import Desk, desk_of
from treatment.views.drafts import of_open_draft
from treatment.views.wizard import lead_back, page
from treatment.wizard.steps import STEPS

NOT_PROVED = "That is neither your password nor a current code. Nothing was signed, and nothing is lost."
UNSEEN = "Something changed after you opened this page. Look at it again; nothing was signed."


@sensitive_post_parameters("secret", "passkey")
@require_POST
@of_open_draft
def sign(request: MemberRequest, patient_id: UUID, draft_id: UUID) -> HttpResponse:
    """Sign what the page showed, if the person proves to be who they are."""
    desk = desk_of(request, patient_id, draft_id, STEPS[-1].key)
    if desk.navigator.allowed is not desk.step:
        return lead_back(request, desk)
    # A double click waits here for its first click, and then finds the draft signed.
    locked_draft(desk.draft, by=desk.member)
    changed = review.unseen(desk, request.POST)
    if changed is None or changed or newer.found_at(desk):
        return _refused(request, desk, "" if changed else UNSEEN, unseen=changed)
    form = review.sign_form(desk, request.POST)
    if not form.is_valid() or not prove(request, form, NOT_PROVED, now=desk.now):
        return page(request, desk, review.context(desk, form), status=422)
    try:
        plan = plans.sign(
            draft=desk.draft,
            seen=form.cleaned_data["seen"],
            edition=desk.edition,
            into_the_record=[one for one in desk.writable if one.path in form.cleaned_data["write"]],
            by=desk.member,
            now=desk.now,
            on=desk.today,
        )
    except plans.NotReadyError as refused:
        return _refused(request, desk, refused.sentence)
    except plans.UnseenChangeError:
        return _refused(request, desk, UNSEEN)
    messages.success(request, "Signed. The follow-ups are in the calendar.")
    return redirect("treatment:plan", desk.patient.pk, plan.pk)


def _refused(
    request: MemberRequest, desk: Desk, sentence: str, unseen: Sequence[Difference] | None = None
) -> HttpResponse:
    fresh = desk.afresh()
    told = {"trouble": sentence, "unseen": unseen}
    return page(request, fresh, review.context(fresh) | told, status=422)
