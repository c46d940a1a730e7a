"""The form of who the patient is. It validates; actions save."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from patients.actions.identity import Identity
from patients.forms.fields import NameField
from patients.models import Patient, Sex
from patients.partial_dates import PartialDateField


class PatientForm(forms.Form):
    """Who the patient is. ``on`` is the day of entry: nobody is born after it."""

    record_number = forms.CharField(
        label="Record number",
        max_length=40,
        help_text="The hospital's own number; one patient has one.",
        error_messages={
            "max_length": "A record number may have at most 40 characters; this one has %(show_value)d."
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    given_name = NameField(
        label="Given name", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    family_name = NameField(label="Family name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    birth_date = PartialDateField(
        label="Date of birth", help_text="As far as it is known: 14 Feb 1977, Feb 1977 or 1977."
    )
    sex = forms.ChoiceField(
        label="Sex for clinical use",
        choices=Sex.choices,
        widget=forms.RadioSelect,
        help_text="What laboratory limits and the pregnancy rules need.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, on: date, patient: Patient | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(patient)
        super().__init__(*args, **kwargs)
        self.fields["birth_date"].not_after = on  # type: ignore[attr-defined] # a PartialDateField

    @property
    def identity(self) -> Identity:
        """The identity fields of a valid form."""
        data = self.cleaned_data
        return Identity(
            record_number=data["record_number"],
            family_name=data["family_name"],
            given_name=data["given_name"],
            birth_date=data["birth_date"].first,
            birth_precision=data["birth_date"].precision,
            sex=data["sex"],
        )

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def take_version(self, version: int) -> None:
        """Show the form again for the row as it stands now, with what was typed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data


def _initial(patient: Patient | None) -> dict[str, Any]:
    if patient is None:
        return {"submission": uuid.uuid4()}
    names = (*Identity.__annotations__, "submission", "version")
    return {name: getattr(patient, name) for name in names} | {"birth_date": patient.born}
