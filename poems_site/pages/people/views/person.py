"""One colleague as the admin sees them: roles, and what to do when they leave."""

from datetime import date

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actions.members import LastAdminError
from accounts.forms import RolesForm
from accounts.middleware import MemberRequest
from accounts.models import Membership, SecondFactorReset
from accounts.permissions import Permission
from accounts.presenters import session_rows
from accounts.queries import require_membership
from accounts.scope import hospital_scope
from monitoring.follow_ups.local_days import local_day
from monitoring.reminders.models import Pause
from monitoring.reminders.queries import pause_of
from poems_site.pages.people.presenters import all_in_words
from poems_site.workflows import leaving


@require_http_methods(["GET", "POST"])
def page(request: MemberRequest, member_id: int) -> HttpResponse:
    """The roles, as a form, and what the person answers for, in numbers."""
    me = require_membership(request)
    member = find_person(request, member_id)
    now = timezone.now()
    today = local_day(me.hospital, now)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": member.roles})
    left: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            leaving.set_roles(member=member, roles=form.cleaned_data["roles"], by=me, on=today)
        except LastAdminError:
            form.add_error(
                "roles", "The hospital would have no admin left; make somebody else an admin first."
            )
        except leaving.StillHoldsError as holds:
            left = all_in_words(holds.counts)
            form.add_error(
                "roles",
                "Without these roles nobody would see to what they answer for "
                f"({'; '.join(left).lower()}). Hand it over first.",
            )
        else:
            messages.success(request, f"Saved: {member.user.full_name}.")
            return redirect("accounts:user_list")
    context = {
        "form": form,
        "member": member,
        "held": all_in_words(leaving.held(member, by=me, on=today)),
        "sessions": session_rows(
            UserSession.objects.purge_and_list(member.user), current=request.session.session_key
        ),
        "pause": _pause_of(me, member, on=today),
        "may_pause": member.is_active and member.may(Permission.MANAGE_FOLLOW_UPS),
        "reset": SecondFactorReset.objects.open(now).filter(user=member.user).first(),
        "is_me": member.pk == me.pk,
    }
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


def find_person(request: MemberRequest, member_id: int) -> Membership:
    """A member of the admin's hospital, active or not; else 404."""
    me = require_membership(request)
    found: Membership = get_object_or_404(
        Membership.objects.visible_to(me).select_related("user"), pk=member_id
    )
    return found


def _pause_of(me: Membership, member: Membership, *, on: date) -> Pause | None:
    with hospital_scope(me.hospital_id, actor=str(me.user_id)):
        return pause_of(member, on=on)
