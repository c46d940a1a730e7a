"""Single sign-on by OpenID Connect: one provider, named in the environment (docs/adr/0021).

It proves who somebody is and nothing else: hospitals and roles come from invitations alone. Who is not here
already stays outside.
"""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User

PROVIDER = "sso"
# In the session: the provider has vouched for a second factor, at this sign-in.
VOUCHED = "provider_second_factor"
# The provider's clock and ours may differ by this many seconds, no more.
CLOCKS_DIFFER = 60


def is_open() -> bool:
    return bool(settings.SINGLE_SIGN_ON)


def name() -> str:
    """What people call the provider; empty where there is none."""
    called: str = settings.SINGLE_SIGN_ON
    return called


def begin(request: HttpRequest, *, then: str) -> HttpResponse:
    """Send the browser to the provider, to sign in."""
    answer: HttpResponse = _provider(request).redirect(request, process=AuthProcess.LOGIN, next_url=then)
    return answer


def ask_again(request: HttpRequest, *, then: str, asked_at: float) -> HttpResponse:
    """Send the browser to the provider to be asked anew though signed in there; ``asked_at`` is Unix time."""
    answer: HttpResponse = _provider(request).redirect(
        request,
        process=AuthProcess.REDIRECT,
        next_url=then,
        data={"asked_at": asked_at},
        auth_params={"prompt": "login", "max_age": "0"},
    )
    return answer


def asked_at(sociallogin: SocialLogin) -> float | None:
    """When we asked anew; None for an ordinary sign-in."""
    found = (sociallogin.state.get("data") or {}).get("asked_at")
    return float(found) if found is not None else None


def is_fresh(claims: Mapping[str, Any], *, asked_at: float) -> bool:
    """Whether the provider says that the person proved themselves after we asked.

    A provider that does not say when (``auth_time``, which it must after ``max_age``) has not asked: an old
    sign-in there would be a signature here.
    """
    when = claims.get("auth_time")
    return isinstance(when, int | float) and when >= asked_at - CLOCKS_DIFFER


def vouches_for_second_factor(claims: Mapping[str, Any]) -> bool:
    """Whether the provider says it asked for a second factor, in words the operator trusts (default none)."""
    methods = claims.get("amr")
    methods = methods if isinstance(methods, list) else []
    return bool(
        set(methods) & set(settings.SINGLE_SIGN_ON_TRUSTED_AMR)
        or claims.get("acr") in settings.SINGLE_SIGN_ON_TRUSTED_ACR
    )


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the identity token says; the token came straight from the provider, over its TLS connection."""
    claims: dict[str, Any] = sociallogin.account.extra_data.get("id_token") or {}
    return claims


def invited_person(sociallogin: SocialLogin) -> User | None:
    """Who has this address here, if the provider says that it has proved the address; nobody is ever made."""
    told = sociallogin.account.extra_data
    for claims in (told.get("id_token") or {}, told.get("userinfo") or {}):
        if claims.get("email") and claims.get("email_verified") is True:
            return User.objects.filter(email__iexact=claims["email"]).first()
    return None


def _provider(request: HttpRequest) -> Any:
    return get_adapter(request).get_provider(request, PROVIDER)
