"""Forms of who the patient is and how they are reached. They validate; actions save."""

import unicodedata
import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from patients.actions.identity import Contact, Identity
from patients.forms.fields import NameField, ThreeValuedField
from patients.forms.versioned import VersionedForm
from patients.models import IdentifierKind, Patient, Sex
from patients.models.identifiers import NEEDS_ISSUER
from patients.partial_dates import PartialDateField

MANY_LINES = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
ONE_LINE = forms.TextInput(attrs={"autocomplete": "off"})


class PatientForm(VersionedForm):
    """Who the patient is. ``on`` is the day of entry: nobody is born after it."""

    record_number = forms.CharField(
        label="Record number",
        max_length=40,
        help_text="The hospital's own number; one patient has one.",
        error_messages={
            "max_length": "A record number may have at most 40 characters; this one has %(show_value)d."
        },
        widget=ONE_LINE,
    )
    given_name = NameField(label="Given name", required=False, widget=ONE_LINE)
    family_name = NameField(label="Family name", widget=ONE_LINE)
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


class RegisterForm(PatientForm):
    """Who a new patient is, with one more number by which they may be known already."""

    number_kind = forms.ChoiceField(
        label="Kind of number", required=False, choices=[("", "None"), *IdentifierKind.choices]
    )
    number_value = forms.CharField(label="Number", required=False, max_length=60, widget=ONE_LINE)
    number_issuer = forms.CharField(
        label="Given by",
        required=False,
        max_length=200,
        widget=ONE_LINE,
        help_text="Country, insurance, hospital or study.",
    )
    # Patients who were shown as likely the same person, and of whom somebody said that they are not.
    others = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)

    @property
    def number(self) -> dict[str, Any] | None:
        """The values of the other number of a valid form, if one was typed."""
        data = self.cleaned_data
        if not data["number_value"]:
            return None
        return {"kind": data["number_kind"], "value": data["number_value"], "issuer": data["number_issuer"]}

    @property
    def told_apart(self) -> set[str]:
        """Ids of the patients of whom somebody said that this is another person."""
        return set(self.cleaned_data["others"].split()) if "is_another" in self.data else set()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, value = cleaned.get("number_kind"), cleaned.get("number_value")
        if value and not kind:
            self.add_error("number_kind", "Say what kind of number this is.")
        if kind and not value:
            self.add_error("number_value", "Give the number, or choose no kind.")
        if value and not any(character.isalnum() for character in value):
            self.add_error("number_value", "A number holds at least one letter or digit.")
        if value and kind in NEEDS_ISSUER and not cleaned.get("number_issuer"):
            self.add_error("number_issuer", "Say which hospital, study or office gave this number.")
        return cleaned

    def take_others(self, ids: list[str]) -> None:
        """Show the form again with these patients as the ones to tell apart."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["others"] = " ".join(ids)
        self.data = data


class TelephoneField(forms.CharField):
    """A telephone number as it is dialled, with words such as *extension* allowed."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"})

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(character.isdigit() for character in value):
            raise forms.ValidationError("A telephone number holds digits, as in +49 30 1234567.")
        if any(unicodedata.category(character) in {"Cc", "Cf", "Co"} for character in value):
            raise forms.ValidationError("A number may not hold invisible control characters; type it anew.")


class ContactForm(VersionedForm):
    """How the patient and those around them are reached. Nothing clinical."""

    telephone = TelephoneField(label="Telephone", required=False, max_length=60)
    email = forms.EmailField(
        label="E-mail", required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    address = forms.CharField(label="Address", required=False, max_length=500, widget=MANY_LINES)
    language = forms.CharField(label="Language spoken", required=False, max_length=100, widget=ONE_LINE)
    needs_interpreter = ThreeValuedField(label="Needs an interpreter")
    kin_name = NameField(label="Name", required=False, widget=ONE_LINE)
    kin_relation = forms.CharField(
        label="Relation", required=False, max_length=100, widget=ONE_LINE, help_text="Such as daughter."
    )
    kin_telephone = TelephoneField(label="Telephone", required=False, max_length=60)
    practitioner_name = NameField(label="Name or practice", required=False, widget=ONE_LINE)
    practitioner_contact = forms.CharField(
        label="Telephone and address", required=False, max_length=500, widget=MANY_LINES
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        names = (*Contact.__annotations__, "version")
        kwargs["initial"] = {name: getattr(patient, name) for name in names}
        super().__init__(*args, **kwargs)

    @property
    def contact(self) -> Contact:
        """The contact columns of a valid form."""
        return Contact(**{name: self.cleaned_data[name] for name in Contact.__annotations__})  # type: ignore[typeddict-item]


def _initial(patient: Patient | None) -> dict[str, Any]:
    if patient is None:
        return {"submission": uuid.uuid4()}
    names = (*Identity.__annotations__, "submission", "version")
    return {name: getattr(patient, name) for name in names} | {"birth_date": patient.born}
