"""The second person's answer to a reset, and the page behind the mailed link."""

from uuid import UUID

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actions import resets
from accounts.middleware import MemberRequest
from accounts.models import SecondFactorReset
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from accounts.trail.requests import note


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="Password",
        strip=False,
        error_messages={"required": "Type your password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@require_http_methods(["GET", "POST"])
def answer(request: MemberRequest, reset_id: UUID) -> HttpResponse:
    """Consent or refuse; only for somebody who may. Raises Http404 for others."""
    me = require_membership(request)
    rows = SecondFactorReset.objects.visible_to(me).select_related("user", "asked_by")
    reset = get_object_or_404(rows, pk=reset_id)
    if not resets.may_consent(reset, me):
        raise Http404("Not asked of this person.")
    now = timezone.now()
    if request.method == "POST":
        act, done = (
            (resets.consent, "The link is on its way to them.")
            if "consent" in request.POST
            else (resets.refuse, "Refused. Their second factor stays as it is.")
        )
        try:
            act(reset=reset, by=me, now=now)
        except resets.ResetClosedError:
            messages.warning(request, "This was answered already or has run out; nothing was changed.")
        else:
            messages.success(request, done)
        return redirect("home")
    is_waiting = SecondFactorReset.objects.waiting(now).filter(pk=reset.pk).exists()
    return render(request, "accounts/answer_reset.html", {"reset": reset, "is_waiting": is_waiting})


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the password, take the old factor away, and go on to enrol a new one."""
    now = timezone.now()
    try:
        reset = resets.find_open(token=token, now=now)
        form = PasswordForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and _is_theirs(request, reset, form):
            user = resets.use(token=token, now=now)
            note(request, AccessKind.CREDENTIALS, user=user)
            messages.success(request, "Set up your second factor now.")
            perform_login(request, user, email_verification="none")
            return redirect("mfa_activate_totp")
    except (resets.ResetClosedError, resets.NothingToResetError):
        return render(request, "accounts/reset_closed.html", status=410)
    context = {"form": form, "reset": reset}
    return render(request, "accounts/use_reset.html", context, status=422 if form.errors else 200)


def _is_theirs(request: HttpRequest, reset: SecondFactorReset, form: PasswordForm) -> bool:
    """Whether the password is that of the person; else the form says so. Tried so often and no oftener."""
    if not ratelimit.consume(request, action="reauthenticate", user=reset.user):
        form.add_error("password", "Too many tries. Wait a few minutes.")
        return False
    if not reset.user.check_password(form.cleaned_data["password"]):
        form.add_error(
            "password", "This is not your password. Forgotten? Reset it from the sign-in page first."
        )
        return False
    return True
