"""Lock, unlock and keep awake the session of a page that stands open."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from accounts import times
from accounts.proof import TOO_MANY, TooManyAttemptsError, is_proved

WRONG = "That is neither your password nor a current code."


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """The browser has seen nobody for a while."""
    times.lock(request.session, now=timezone.now().timestamp())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
def used(request: HttpRequest) -> HttpResponse:
    """Somebody is typing; the middleware has noted it."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@sensitive_post_parameters("secret")
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Go on where one was, for a password or a code; an answer for the script that asked."""
    try:
        proved = is_proved(request, request.POST.get("secret", ""))
        sentence = WRONG
    except TooManyAttemptsError:
        proved, sentence = False, TOO_MANY
    if not proved:
        return JsonResponse({"sentence": sentence}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    times.unlock(request.session, now=timezone.now().timestamp())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_GET
def unlocked(request: HttpRequest) -> HttpResponse:
    """Where a second tab ends that was opened to prove who one is; it tells the first (scripts/lock.js)."""
    return render(request, "me/unlocked.html")


@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """Who is signed in now, and the token that forms need: an open page asks after a new sign-in."""
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})
