"""One colleague as the admin sees them: roles, and what to do when they leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actions.members import LastAdminError
from accounts.forms import RolesForm
from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.queries import require_membership
from monitoring.follow_ups.local_days import local_day
from poems_site.pages.people.presenters import all_in_words
from poems_site.workflows import leaving


@require_http_methods(["GET", "POST"])
def page(request: MemberRequest, member_id: int) -> HttpResponse:
    """The roles, as a form, and what the person answers for, in numbers."""
    me = require_membership(request)
    member = find_person(request, member_id)
    today = local_day(me.hospital, timezone.now())
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
    held = all_in_words(leaving.held(member, by=me, on=today))
    context = {"form": form, "member": member, "held": held, "is_me": member.pk == me.pk}
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


def find_person(request: MemberRequest, member_id: int) -> Membership:
    """A member of the admin's hospital, active or not; else 404."""
    me = require_membership(request)
    found: Membership = get_object_or_404(
        Membership.objects.visible_to(me).select_related("user"), pk=member_id
    )
    return found
