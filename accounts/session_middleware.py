"""Lock a session that nobody uses, end one that is old, and keep what was typed through both."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts import kept, times
from accounts.limits import SHUT
from accounts.permissions import POLICY, Door

# What a locked session still opens: the ways to prove who one is, and to leave.
OPEN_WHILE_LOCKED = {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "me:ask_provider",
    "me:lock",
    "me:unlock",
}
LOST = "What you sent could not be kept: it was a file, or too long. Please send it again."


class SessionTimeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the request pass. After the check of the CSRF token: nothing foreign is ever kept."""
        if not request.user.is_authenticated:
            return None
        now = timezone.now().timestamp()
        name = request.resolver_match.view_name if request.resolver_match else ""
        if times.has_ended(request.session, now=now):
            return self._end(request, name)
        if times.is_locked(request.session, now=now):
            times.lock(request.session, now=now)
            return None if _stays_open(name) else self._answer(request, reverse("account_reauthenticate"))
        if name != "me:lock" and times.use(request.session, now=now):
            key = request.session.session_key
            UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        _forget_what_is_sent(request)
        return None

    def _end(self, request: HttpRequest, name: str) -> HttpResponse | None:
        """Sign out; what was posted waits, sealed, for the same person in the session that follows."""
        answer = self._answer(request, reverse("account_login"))
        sealed = request.session.get(kept.SESSION_KEY)
        get_adapter().logout(request)
        kept.carry_over(request, sealed)
        return None if POLICY.get(name) is Door.PUBLIC else answer

    def _answer(self, request: HttpRequest, door: str) -> HttpResponse:
        """Lead to the door, and from there back to where one was; a posted form is kept."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=SHUT)
        then = request.get_full_path()
        if request.method != "GET":
            then = reverse("me:kept")
            if not kept.keep(request):
                messages.warning(request, LOST)
                then = reverse("home")
        return redirect(f"{door}?{urlencode({'next': then})}")


def _stays_open(name: str) -> bool:
    return name in OPEN_WHILE_LOCKED or POLICY.get(name) is Door.PUBLIC


def _forget_what_is_sent(request: HttpRequest) -> None:
    """A kept form that is being sent need not wait any longer."""
    waits = (
        kept.waiting(request) if request.method == "POST" and kept.SESSION_KEY in request.session else None
    )
    if waits is not None and waits.path == request.get_full_path():
        kept.forget(request)
