"""The form that withdraws a plan. It validates; actions withdraw."""

from typing import Any

from django import forms

from accounts.proof_form import ProofForm
from treatment.models import WithdrawalReason

LONGEST_TEXT = 2000


class WithdrawForm(ProofForm):
    """Why, in coded words and one's own, and who: the password or a code."""

    asks = "Enter your password or a code, or use your passkey: withdrawing asks for it each time."

    reason = forms.ChoiceField(
        label="Why is it withdrawn?",
        choices=WithdrawalReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose why the plan is withdrawn.",
            "invalid_choice": "Choose one of the reasons shown.",
        },
    )
    text = forms.CharField(
        label="In your own words",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed for another reason.",
        error_messages={"max_length": "At most 2000 characters; this text has %(show_value)d."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reason") == WithdrawalReason.OTHER and not cleaned.get("text"):
            self.add_error("text", "Say in a few words which other reason it is.")
        return cleaned
