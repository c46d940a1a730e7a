"""Pages of the hospital admin: who works here, and who is invited."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import invitations
from accounts.forms import InvitationForm
from accounts.middleware import MemberRequest
from accounts.models import Invitation, Membership
from accounts.queries import require_membership


@require_GET
def user_list(request: MemberRequest) -> HttpResponse:
    me = require_membership(request)
    context = {
        "members": Membership.objects.visible_to(me)
        .select_related("user")
        .order_by("-is_active", "user__full_name"),
        "invitations": Invitation.objects.visible_to(me)
        .unanswered()
        .select_related("invited_by")
        .order_by("-invited_at"),
        "now": timezone.now(),
    }
    return render(request, "accounts/user_list.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: MemberRequest) -> HttpResponse:
    me = require_membership(request)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite(by=me, now=timezone.now(), **form.cleaned_data)
        except invitations.AlreadyMemberError:
            form.add_error("email", "This person already works here; change their roles in the list instead.")
        else:
            messages.success(request, f"Invitation sent to {form.cleaned_data['email']}.")
            return redirect("accounts:user_list")
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def resend_invitation(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """A new link with a new seven days; the one before stops working."""
    me = require_membership(request)
    waiting = Invitation.objects.visible_to(me).unanswered()
    invitation = get_object_or_404(waiting, pk=invitation_id)
    try:
        invitations.invite(by=me, email=invitation.email, roles=invitation.roles, now=timezone.now())
    except invitations.AlreadyMemberError:
        messages.warning(request, "This person works here already; nothing was sent.")
    else:
        messages.success(request, f"A new invitation is on its way to {invitation.email}.")
    return redirect("accounts:user_list")


@require_POST
def revoke_invitation(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    me = require_membership(request)
    invitation = get_object_or_404(Invitation.objects.visible_to(me), pk=invitation_id)
    try:
        invitations.revoke(invitation=invitation, by=me, now=timezone.now())
    except invitations.InvitationClosedError:
        messages.warning(request, "That invitation had been answered already; nothing was changed.")
    else:
        messages.success(request, f"The invitation to {invitation.email} no longer works.")
    return redirect("accounts:user_list")
