"""The form of a second clinician's answer. It validates; actions write."""

from typing import Any

from django import forms

from accounts.proof_form import ProofForm
from treatment.models import ExceptionAnswer

LONGEST_TEXT = 2000


class ExceptionForm(ProofForm):
    """Confirmed or declined, by the button; words for declining; and the proof of who answers."""

    asks = "Enter your password or a code, or use your passkey: an answer is signed like a plan."

    answer = forms.ChoiceField(
        choices=ExceptionAnswer.choices,
        error_messages={
            "required": "Confirm or decline by one of the two buttons.",
            "invalid_choice": "Confirm or decline by one of the two buttons.",
        },
    )
    text = forms.CharField(
        label="In your own words",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "At most 2000 characters; this text has %(show_value)d."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        declines = cleaned.get("answer") == ExceptionAnswer.DECLINED
        if declines and "text" not in self.errors and not cleaned.get("text"):
            self.add_error("text", "Say in a few words why you decline; your colleague reads it.")
        return cleaned
