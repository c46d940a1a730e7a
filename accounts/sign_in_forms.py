"""The forms of signing in that differ from django-allauth's."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.forms.fields import InvalidJSONInput

from accounts.models import User


class AnswerField(forms.JSONField):
    """What a passkey answered; it counts once, so a form that comes back does not bring it."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> InvalidJSONInput:
        return InvalidJSONInput("")


class MadeUpAnswers(forms.Form):
    """An answer that no passkey gives is refused like a wrong one; the library stumbles over some of them."""

    credential = AnswerField()

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AskPasskeyForm(MadeUpAnswers, AuthenticateWebAuthnForm):
    pass


class PasskeySignInForm(MadeUpAnswers, LoginWebAuthnForm):
    pass


class AskPasskeyAgainForm(MadeUpAnswers, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(MadeUpAnswers, AddWebAuthnForm):
    """A passkey signs in alone unless somebody says otherwise: that is what it is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name"
        self.fields["name"].help_text = "So that you know it again, such as: my phone, key on my badge."
        self.fields["name"].max_length = 100  # type: ignore[attr-defined] # of a CharField
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = "Sign in with it alone, without the password"
        self.fields[
            "passwordless"
        ].help_text = (
            "An old security key may have no room for that; without it the key takes the place of the code."
        )


class NewPasswordForm(ResetPasswordForm):
    """A link for a new password, for whoever has one: a mailbox must not open what only the provider may."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users: list[User] = [user for user in self.users if user.has_usable_password()]
        return email
