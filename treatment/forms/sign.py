"""The form of the signature. It validates; actions sign."""

from typing import Any

from django import forms


class SignForm(forms.Form):
    """The password or a code, and that changes of the record were seen where there are any.

    ``seen`` identifies what the page shows; it comes back with the form. ``takes_place_of`` names the plan
    that a new plan ends, or is empty.
    """

    seen = forms.CharField(widget=forms.HiddenInput, max_length=200)
    record_seen = forms.BooleanField(
        label="I have seen what changed in the record; the plan keeps the answers above",
        error_messages={"required": "Say that you have seen the changes, or change the answers first."},
    )
    replaces = forms.BooleanField(error_messages={"required": "Say that the plan that holds now is to end."})
    secret = forms.CharField(
        label="Your password, or a code from your authenticator app",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password or a code: signing asks for it each time."},
    )

    def __init__(self, data: Any = None, *, seen: str, asks_about_record: bool, takes_place_of: str) -> None:
        super().__init__(data, initial={"seen": seen})
        if not asks_about_record:
            del self.fields["record_seen"]
        self.fields["replaces"].label = f"This new plan takes the place of {takes_place_of}, which ends"
        if not takes_place_of:
            del self.fields["replaces"]
