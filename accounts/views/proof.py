"""What proves anew who somebody is: a passkey's question, the provider asked again, the form that waited."""

from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import kept, single_sign_on
from accounts.proof import HOLDS, PROVIDER_PROVED, ask_passkey, ways_of
from accounts.queries import require_person


@require_GET
def passkey_question(request: HttpRequest) -> JsonResponse:
    return JsonResponse(ask_passkey(request, now=timezone.now()))


@require_GET
def ask_provider(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider to be asked anew; back to ``next`` or to the form that waits."""
    if not ways_of(require_person(request)).provider:
        return redirect("account_reauthenticate")
    then = get_next_redirect_url(request) or reverse("me:kept")
    return single_sign_on.ask_again(request, then=then, asked_at=timezone.now().timestamp())


@require_GET
def kept_form(request: HttpRequest) -> HttpResponse:
    """The form that waits, with the button that sends it, or with the way to the provider before that."""
    waits = kept.waiting(request)
    if waits is None:
        return redirect("home")
    proved_at = request.session.get(PROVIDER_PROVED, 0)
    context = {
        "kept": waits,
        "provider": single_sign_on.name(),
        "asks": waits.asks_provider and timezone.now().timestamp() - proved_at > HOLDS,
    }
    return render(request, "me/kept.html", context)


@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    kept.forget(request)
    return redirect("home")


@require_GET
def sign_on(request: HttpRequest) -> HttpResponse:
    """Sign in by the provider."""
    if not single_sign_on.is_open():
        return redirect("account_login")
    return single_sign_on.begin(request, then=get_next_redirect_url(request) or reverse("home"))
