"""How django-allauth is bent to this house: no open sign-up, second-factor secrets encrypted at rest."""

import base64
import hashlib
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from accounts.limits import LOCKED_MINUTES
from accounts.models import User

LOCKED = (
    f"Too many attempts. For up to {LOCKED_MINUTES} minutes nothing more is tried for this address or "
    "person, not even what is right; trying in between does not make it longer. If you cannot wait, ask your "
    "hospital's admin, or sign in with a passkey if you have one."
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": LOCKED,
        "rate_limited": LOCKED,
        "email_password_mismatch": "Address and password do not belong together. Look at both once more.",
        "incorrect_password": "That is not your password.",
        "enter_current_password": "That is not your present password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited by their hospital's admin."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail leads to our own address, whatever host the request named."""
        link: str = super().get_reset_password_from_key_url(key)
        return settings.SITE_URL + urlsplit(link).path

    def get_user_search_fields(self) -> list[str]:
        return ["email"]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That was not accepted. A code of the app works once and for half a minute: "
        "wait for the next one, and look whether the phone shows the right time.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return user.email


def _cipher() -> Fernet:
    """A cipher whose key derives from the secret key, under a name of its own."""
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second-factor").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
