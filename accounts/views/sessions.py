"""Where a person is signed in, and how to end that."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import sessions
from accounts.presenters import session_rows
from accounts.queries import require_person


@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    held = UserSession.objects.purge_and_list(require_person(request))
    rows = session_rows(held, current=request.session.session_key)
    return render(request, "me/sessions.html", {"rows": rows})


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one session; ending the present one is signing out."""
    session = get_object_or_404(UserSession.objects.filter(user=require_person(request)), pk=session_id)
    if session.session_key == request.session.session_key:
        get_adapter().logout(request)
        return redirect("account_login")
    sessions.end(session=session)
    messages.success(request, "That session has ended; its next click leads to the sign-in.")
    return redirect("me:sessions")


@require_POST
def end_every_session(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    sessions.end_others(user=require_person(request), keep=request.session.session_key)
    get_adapter().logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("account_login")
