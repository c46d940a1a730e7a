"""The page behind the link in an invitation mail."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import single_sign_on
from accounts.actions import invitations
from accounts.forms import AcceptInvitationForm
from accounts.models import User


@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation; on POST make the account and go on to sign-in."""
    try:
        invitation = invitations.find_open(token=token, now=timezone.now())
    except invitations.InvitationClosedError:
        return render(request, "accounts/invitation_closed.html", status=410)
    is_known = User.objects.filter(email__iexact=invitation.email).exists()
    by_provider = single_sign_on.is_open() and "by_provider" in request.POST
    form = AcceptInvitationForm(request.POST or None, email=invitation.email, by_provider=by_provider)
    if request.method == "POST" and (is_known or form.is_valid()):
        try:
            user = invitations.accept(
                token=token,
                full_name=form.cleaned_data.get("full_name", "") if not is_known else "",
                password=form.cleaned_data.get("password", "") if not is_known else "",
                now=timezone.now(),
            )
        except invitations.InvitationClosedError:
            return render(request, "accounts/invitation_closed.html", status=410)
        messages.success(request, f"Welcome to {invitation.hospital.name}.")
        if is_known or by_provider:
            return redirect("me:sign_on" if by_provider else "account_login")
        return perform_login(request, user, email_verification="none")
    context = {"form": form, "invitation": invitation, "is_known": is_known}
    return render(request, "accounts/accept_invitation.html", context, status=422 if form.errors else 200)
