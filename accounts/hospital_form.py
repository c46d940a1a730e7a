"""The form of a hospital's own settings."""

from typing import Any

from django import forms

from accounts.access import Access
from accounts.actions.hospitals import HOUSE_SETTINGS, fingerprint
from accounts.models import Hospital, validate_phone, validate_time_zone


class HospitalForm(forms.Form):
    """What patients are told of the hospital, and what it asks of the people who work there."""

    phone = forms.CharField(
        label="Phone number for patients",
        required=False,
        max_length=40,
        validators=[validate_phone],
        help_text="Where they can reach you, also when they feel ill; printed on the sheet they are given "
        "with a plan. For example +49 30 1234-567.",
        error_messages={"max_length": "A phone number has 40 characters at most; leave out the words."},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    time_zone = forms.CharField(
        label="Time zone",
        max_length=64,
        validators=[validate_time_zone],
        help_text="Continent and city, such as Europe/Berlin. Days and hours on every page follow it.",
        error_messages={"required": "Write a time zone, such as Europe/Berlin."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    access = forms.ChoiceField(
        label="Which records clinicians, coordinators and readers may open",
        choices=Access.choices,
        widget=forms.RadioSelect,
        help_text="By care team, the lead clinician still opens every record, a patient without a team is "
        "open to all, and a clinician can take an emergency access.",
        error_messages={"required": "Choose one."},
    )
    second_factor_required = forms.BooleanField(
        label="Everybody needs a second factor",
        required=False,
        help_text="A passkey or an authenticator app. Without it a stolen password opens records.",
    )
    requires_approved_content = forms.BooleanField(
        label="No plan is signed on guideline content that is not approved and adopted here",
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, hospital: Hospital) -> None:
        initial = {name: getattr(hospital, name) for name in HOUSE_SETTINGS}
        super().__init__(data, initial=initial | {"seen": fingerprint(hospital, HOUSE_SETTINGS)})

    def take(self, current: Hospital) -> str:
        """Let the next click be about what stands now; what that is, where it differs from what was typed."""
        self.data = {name: self.data[name] for name in self.data} | {
            "seen": fingerprint(current, HOUSE_SETTINGS)
        }
        return "; ".join(
            f"{label_of(name)}: {in_words(name, getattr(current, name))}"
            for name in HOUSE_SETTINGS
            if self.cleaned_data.get(name) != getattr(current, name)
        )


def label_of(name: str) -> str:
    """A setting's name as the form shows it."""
    return str(HospitalForm.base_fields[name].label)


def in_words(name: str, value: object) -> str:
    """A setting's value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "access":
        return str(Access(str(value)).label)
    return str(value) if value not in ("", None) else "nothing"
