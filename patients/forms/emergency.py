"""The form that breaks the glass."""

import uuid

from django import forms

from patients.models import EmergencyReason

SHORTEST = 10


class EmergencyForm(forms.Form):
    record_number = forms.CharField(
        label="Record number",
        max_length=40,
        help_text="The whole number, as your hospital writes it. Names are not searched here.",
        error_messages={"required": "Type the whole record number."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.ChoiceField(
        label="Why it cannot wait",
        choices=EmergencyReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
    )
    text = forms.CharField(
        label="In your words",
        min_length=SHORTEST,
        max_length=500,
        help_text="The responsible clinician reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say in a few words why you need this record now.",
            "min_length": f"Say a little more: {SHORTEST} characters at least.",
            "max_length": "Say it in 500 characters at most.",
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
