"""The part of a form that proves who signs (accounts/proof.py); ``{% proof_fields form %}`` shows it."""

from typing import Any

from django import forms


class ProofForm(forms.Form):
    """To inherit from. ``asks`` is said when nothing was given: that this signature asks each time."""

    asks = "Enter your password or a code, or use your passkey: signing asks for it each time."

    secret = forms.CharField(
        label="That it is you",  # the partial proof.html asks for what the person has, in their words
        strip=False,
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    passkey = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    proof = forms.ChoiceField(required=False, choices=[("provider", "Ask the provider")])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = any(cleaned.get(name) for name in ("secret", "passkey", "proof"))
        if not given and "secret" not in self.errors:
            self.add_error("secret", self.asks)
        return cleaned
