"""The forms of signing in that differ from django-allauth's."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm

from accounts.models import User


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey signs in alone unless somebody says otherwise: that is what it is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name"
        self.fields["name"].help_text = "So that you know it again, such as: my phone, key on my badge."
        self.fields["name"].max_length = 100
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
