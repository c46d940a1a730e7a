"""How django-allauth is bent to this house: no open sign-up, second-factor secrets encrypted at rest.

Single sign-on has an adapter of its own (accounts/views/provider.py).
"""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from accounts.ciphers import cipher
from accounts.limits import LOCKED_MINUTES
from accounts.models import User
from accounts.proof import ways_of

logger = logging.getLogger(__name__)

LOCKED = (
    f"Too many attempts. For up to {LOCKED_MINUTES} minutes nothing more is tried for this address or "
    "person, not even what is right; trying in between does not make it longer. If you cannot wait, ask your "
    "hospital's admin, or sign in with a passkey if you have one."
)


WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code from your authenticator app",
    "mfa_reauthenticate:webauthn": "Use your passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": LOCKED,
        "rate_limited": LOCKED,
        "email_password_mismatch": "Address and password do not belong together. Look at both once more.",
        "incorrect_password": "That is not your password.",
        "enter_current_password": "That is not your present password.",
    }

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.login_stage.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """The library's ways, in our words, and the provider of single sign-on asked again."""
        ways: list[dict[str, str]] = super().get_reauthentication_methods(user)
        for way in ways:
            way["description"] = WAYS.get(way["id"], way["description"])
        if user.is_authenticated and (provider := ways_of(user).provider):
            ways.append({"id": "sso", "description": f"Ask {provider}", "url": reverse("me:ask_provider")})
        return ways

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited by their hospital's admin."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail leads to our own address, whatever host the request named."""
        link: str = super().get_reset_password_from_key_url(key)
        return settings.SITE_URL + urlsplit(link).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down goes to the log alone: an error would tell who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            logger.warning("%s was not sent: %s", template_prefix, type(error).__name__)

    def get_user_search_fields(self) -> list[str]:
        return ["email"]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That was not accepted. A code of the app works once and for half a minute: "
        "wait for the next one, and look whether the phone shows the right time.",
    }

    def encrypt(self, text: str) -> str:
        return cipher(b"second-factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher(b"second-factor").decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return user.email
