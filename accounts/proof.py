"""Proof that the person who signs is the person who is signed in, given anew for each signature.

The password, a code of the authenticator app, a passkey, or the provider of single sign-on asked again:
whoever lacks one has another. Wrong passwords and codes count together and lock like those of signing in.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from allauth.account import app_settings as account_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import redirect

from accounts import kept, single_sign_on
from accounts.limits import LOCKED_MINUTES
from accounts.models import User
from accounts.queries import require_person

TOO_MANY = f"Too many attempts. Wait up to {LOCKED_MINUTES} minutes, or use a passkey; nothing is lost."
# Seconds in which a passkey answers its question, and in which the provider's word is used.
HOLDS = 120
# In the session: when a passkey was asked, and when the provider last proved the person anew.
PASSKEY_ASKED = "passkey_asked_at"
PROVIDER_PROVED = "provider_proved_at"


class TooManyAttemptsError(Exception):
    """The person has tried too often."""


@dataclass(frozen=True)
class Ways:
    """How a person can prove anew who they are."""

    password: bool
    code: bool
    passkey: bool
    provider: str  # its name; empty without it

    @property
    def secret(self) -> str:
        """What the field for something typed asks for; empty where nothing can be typed."""
        if self.password and self.code:
            return "Your password, or a code from your authenticator app"
        if self.password:
            return "Your password"
        return "A code from your authenticator app" if self.code else ""


def ways_of(user: User) -> Ways:
    held = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    knows_provider = single_sign_on.is_open() and SocialAccount.objects.filter(user=user).exists()
    return Ways(
        password=user.has_usable_password(),
        code=Authenticator.Type.TOTP in held,
        passkey=Authenticator.Type.WEBAUTHN in held,
        provider=single_sign_on.name() if knows_provider else "",
    )


def is_owed(request: HttpRequest, *, now: datetime) -> bool:
    """Whether a person who has no way of their own here, only the provider, has yet to be asked there anew.

    The library asks everybody else, and would let these pass (did_recently_reauthenticate).
    """
    if get_reauthentication_flows(request.user):
        return False
    proofs = [one for one in get_authentication_records(request, request.user) if one.get("reauthenticated")]
    return not proofs or now.timestamp() - proofs[-1]["at"] > account_settings.REAUTHENTICATION_TIMEOUT


def prove(request: HttpRequest, form: Form, otherwise: str, *, now: datetime) -> bool:
    """Whether a ProofForm proves the person; if not, it says ``otherwise`` or that it was too often.

    Where the provider has to be asked first, the view ends here: the form is kept, and comes back to be sent
    again once the provider has answered.
    """
    given = form.cleaned_data
    try:
        if given["passkey"]:
            proved = is_proved_by_passkey(request, given["passkey"], now=now)
        elif given["proof"]:
            proved = _provider_has_proved(request, now=now)
        else:
            proved = is_proved(request, given["secret"])
    except TooManyAttemptsError:
        form.add_error("secret", TOO_MANY)
        return False
    if not proved:
        form.add_error("secret", otherwise)
    return proved


def is_proved(request: HttpRequest, secret: str) -> bool:
    """Whether ``secret`` is the signed-in person's password or a current code of their authenticator.

    Wrong ones count with those of the second factor at sign-in. Raises TooManyAttemptsError.
    """
    attempt = ratelimit.consume(
        request, app="allauth.account", action="login_failed", key=f"mfa-auth-user-{request.user.pk}"
    )
    if not attempt:
        raise TooManyAttemptsError
    code = "".join(secret.split())
    if len(code) == app_settings.TOTP_DIGITS and code.isdecimal():
        proved = _is_current_code(request, code)
    else:
        proved = bool(secret) and request.user.check_password(secret)
    if proved:
        attempt.rollback()
    return proved


def is_proved_by_passkey(request: HttpRequest, answer: str, *, now: datetime) -> bool:
    """Whether ``answer`` is a passkey of the person, to the question put in this session just now, once."""
    asked = request.session.pop(PASSKEY_ASKED, 0)
    if now.timestamp() - asked > HOLDS:
        return False
    try:
        credential = json.loads(answer)
        auth.parse_authentication_response(credential)
        authenticator = auth.complete_authentication(request.user, credential)
    except (ValueError, ValidationError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    finally:
        auth.clear_state()
    post_authentication(request, authenticator, reauthenticated=True)
    return True


def ask_passkey(request: HttpRequest, *, now: datetime) -> dict[str, object]:
    """The question a passkey answers; a new one each time."""
    request.session[PASSKEY_ASKED] = now.timestamp()
    return {"request_options": auth.begin_authentication(request.user)}


def _provider_has_proved(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the provider has just proved the person, used up by the asking; else ask it."""
    proved_at = request.session.pop(PROVIDER_PROVED, 0)
    if now.timestamp() - proved_at <= HOLDS:
        return True
    if not ways_of(require_person(request)).provider or not kept.keep(request, asks_provider=True):
        return False
    raise ImmediateHttpResponse(redirect("me:kept"))


def _is_current_code(request: HttpRequest, code: str) -> bool:
    """Whether the code is right and was not used before."""
    authenticators = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP)
    return any(authenticator.wrap().validate_code(code) for authenticator in authenticators)
