"""The form of the reason for a choice. It validates; actions save."""

from django import forms

from treatment.models import Reason


class ReasonForm(forms.Form):
    """Why the chosen option is chosen, and whether transplantation follows it."""

    then = forms.BooleanField(
        label="Then autologous stem cell transplantation, after induction", required=False
    )
    reason = forms.ChoiceField(
        label="Reason",
        choices=[*Reason.choices, ("", "No reason needed")],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the reasons shown."},
    )
    text = forms.CharField(
        label="In your own words",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed for new evidence.",
    )
