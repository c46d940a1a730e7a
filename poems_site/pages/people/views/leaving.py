"""Somebody leaves: a preview of what goes to whom, and then all of it at once."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import members
from accounts.actions.members import LastAdminError
from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.queries import require_membership
from monitoring.follow_ups.local_days import local_day
from poems_site.pages.people.forms import HandOverForm
from poems_site.pages.people.presenters import all_in_words
from poems_site.pages.people.views.person import find_person
from poems_site.workflows import leaving

LAST_ADMIN = "The hospital would have no admin left; make somebody else an admin first."


@require_http_methods(["GET", "POST"])
def hand_over(request: MemberRequest, member_id: int) -> HttpResponse:
    """Give away what somebody answers for; they go on working here, or have left already."""
    return _leave(request, find_person(request, member_id), leaving.hand_over, "people/hand_over.html")


@require_http_methods(["GET", "POST"])
def deactivate(request: MemberRequest, member_id: int) -> HttpResponse:
    """Give it away and close the hospital to them from their next request on."""
    return _leave(request, find_person(request, member_id), leaving.deactivate, "people/deactivate.html")


@require_POST
def reactivate(request: MemberRequest, member_id: int) -> HttpResponse:
    member = find_person(request, member_id)
    members.reactivate(member=member, by=require_membership(request))
    messages.success(
        request, f"{member.user.full_name} can work here again. What was handed over stays there."
    )
    return redirect("people:person", member.pk)


def _leave(request: MemberRequest, member: Membership, act: Callable[..., object], page: str) -> HttpResponse:
    me = require_membership(request)
    now = timezone.now()
    counts = leaving.held(member, by=me, on=local_day(me.hospital, now))
    candidates = {part: leaving.recipients(member, part, by=me) for part in counts}
    form = HandOverForm(
        request.POST if request.method == "POST" else None, counts=counts, candidates=candidates
    )
    if request.method == "POST" and form.is_valid() and _done(form, member, act, me, now):
        messages.success(request, f"Done: everything of {member.user.full_name} here is handed over.")
        return redirect("people:person", member.pk)
    context = {"form": form, "member": member, "counts": counts, "always_form": act is leaving.deactivate}
    return render(request, page, context, status=422 if form.errors else 200)


def _done(
    form: HandOverForm, member: Membership, act: Callable[..., object], me: Membership, now: datetime
) -> bool:
    """Whether it happened; otherwise the form says why not."""
    on = local_day(me.hospital, now)
    try:
        act(member=member, to=form.chosen(), seen=form.cleaned_data["seen"], by=me, now=now, on=on)
    except leaving.ChangedMeanwhileError as changed:
        form.take(changed.counts)
        stands = "; ".join(all_in_words(changed.counts)).lower() or "nothing"
        form.add_error(
            None, f"This changed after you opened the page. Now it is: {stands}. Look, then save again."
        )
    except leaving.NoRecipientError as missing:
        for part in missing.parts:
            form.add_error(part, "This person cannot take it over any more; choose another.")
    except LastAdminError:
        form.add_error(None, LAST_ADMIN)
    else:
        return True
    return False
