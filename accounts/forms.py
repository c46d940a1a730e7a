"""Forms about people. They validate; actions save."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import User
from accounts.roles import ROLE_DESCRIPTIONS, Role

ROLE_CHOICES = [(role.value, f"{role.label}: {ROLE_DESCRIPTIONS[role]}") for role in Role]


class RolesField(forms.MultipleChoiceField):
    """One or more roles, each with what it may do."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            choices=ROLE_CHOICES,
            error_messages={"required": "Choose at least one role; deactivate the person to take all away."},
        )


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={"invalid": "This is not an e-mail address; it needs a form like name@hospital.org."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    roles = RolesField()


class AcceptInvitationForm(forms.Form):
    """Name and password of a person who is new to the house."""

    full_name = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        help_text="At least 12 characters; a sentence you can remember is better than a short puzzle.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="Password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, by_provider: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        if by_provider:  # single sign-on: no password here
            del self.fields["password"], self.fields["password_again"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        password = cleaned.get("password")
        if password and cleaned.get("password_again") and password != cleaned["password_again"]:
            self.add_error("password_again", "The two passwords differ; type the same one twice.")
        if password:
            try:
                validate_password(password, User(email=self.email, full_name=cleaned.get("full_name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class RolesForm(forms.Form):
    roles = RolesField()
