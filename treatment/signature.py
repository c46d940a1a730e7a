"""Proof that the person who signs is the person who is signed in: the password or a code, entered anew."""

from allauth.core import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.forms import Form
from django.http import HttpRequest

TOO_MANY = "Too many attempts. Wait a minute, then try again; nothing is lost."


class TooManyAttemptsError(Exception):
    """The person has tried too often; the limit is the one of signing in."""


def is_proved(request: HttpRequest, secret: str) -> bool:
    """Whether ``secret`` is the signed-in person's password or a current code of their authenticator.

    Attempts are counted with those of django-allauth's own re-authentication. Raises TooManyAttemptsError.
    """
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise TooManyAttemptsError
    code = "".join(secret.split())
    if len(code) == app_settings.TOTP_DIGITS and code.isdecimal():
        return _is_current_code(request, code)
    return bool(secret) and request.user.check_password(secret)


def prove(request: HttpRequest, form: Form, otherwise: str) -> bool:
    """Whether the form's ``secret`` is right; if not, the form says ``otherwise`` or that it is too often."""
    try:
        proved = is_proved(request, form.cleaned_data["secret"])
    except TooManyAttemptsError:
        form.add_error("secret", TOO_MANY)
        return False
    if not proved:
        form.add_error("secret", otherwise)
    return proved


def _is_current_code(request: HttpRequest, code: str) -> bool:
    """Whether the code is right and was not used before."""
    authenticators = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP)
    return any(authenticator.wrap().validate_code(code) for authenticator in authenticators)
