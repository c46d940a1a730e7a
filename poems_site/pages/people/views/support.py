"""What an admin does for a colleague: end their sessions, set their leave, ask for a new second factor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import resets, sessions
from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.queries import require_membership
from accounts.scope import hospital_scope
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.people import able_people
from monitoring.reminders import queries
from monitoring.reminders.actions import pauses
from monitoring.reminders.forms import PauseForm
from poems_site.pages.people.views.person import find_person


@require_http_methods(["GET", "POST"])
def pause(request: MemberRequest, member_id: int) -> HttpResponse:
    """Leave with cover, for somebody who could not set it themselves."""
    me = require_membership(request)
    # The admin may read no row about patients, and pauses stand among them.
    with hospital_scope(me.hospital_id, actor=str(me.user_id)):
        return _pause(request, me, find_person(request, member_id))


def _pause(request: MemberRequest, me: Membership, member: Membership) -> HttpResponse:
    today = local_day(me.hospital, timezone.now())
    colleagues = [one for one in able_people(me) if one.user_id != member.user_id]
    if request.method == "POST" and "end" in request.POST:
        pauses.end_of(person=member.user, by=me, now=timezone.now())
        messages.success(request, f"The reminders of {member.user.full_name} come to them again.")
        return redirect("people:person", member.pk)
    form = PauseForm(request.POST if request.method == "POST" else None, colleagues=colleagues, on=today)
    if request.method == "POST" and form.is_valid() and _begun(form, me, member, colleagues):
        messages.success(request, f"Somebody stands in for {member.user.full_name} now.")
        return redirect("people:person", member.pk)
    standing = queries.pause_of(member, on=today)
    context = {"form": form, "member": member, "pause": standing, "colleagues": colleagues}
    return render(request, "people/pause.html", context, status=422 if form.errors else 200)


def _begun(form: PauseForm, me: Membership, member: Membership, colleagues: list[Membership]) -> bool:
    """Whether the leave was set; otherwise the form says why not."""
    now = timezone.now()
    try:
        pauses.begin(
            person=member.user,
            cover=next(one for one in colleagues if one.user_id == form.cleaned_data["cover"]),
            first_on=form.cleaned_data["first_on"],
            last_on=form.cleaned_data["last_on"],
            today=local_day(me.hospital, now),
            by=me,
            now=now,
        )
    except pauses.PauseRefusedError as refused:
        form.add_error("last_on", str(refused))
        return False
    return True


@require_POST
def end_sessions(request: MemberRequest, member_id: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    member = find_person(request, member_id)
    ended = sessions.end_all(user=member.user, now=timezone.now())
    count = "1 session" if ended == 1 else f"{ended} sessions"
    messages.success(request, f"{count} ended. The next click there leads to the sign-in.")
    return redirect("people:person", member.pk)


@require_POST
def ask_reset(request: MemberRequest, member_id: int) -> HttpResponse:
    """Ask a second person to consent that somebody enrols a new second factor."""
    member = find_person(request, member_id)
    try:
        resets.ask(member=member, by=require_membership(request), now=timezone.now())
    except resets.NothingToResetError:
        messages.info(request, "They have no second factor; the next sign-in asks them to set one up.")
    except resets.NobodyConsentsError:
        messages.error(
            request,
            "Nobody else may consent here: it takes another admin or the lead clinician, and never the "
            "person themself. Make somebody an admin first.",
        )
    else:
        messages.success(
            request, "The other admins and the lead clinician are asked by mail; one has to consent."
        )
    return redirect("people:person", member.pk)
