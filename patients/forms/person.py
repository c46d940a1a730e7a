"""Forms of what surrounds the patient: numbers, care team, events and notes. They validate; actions save."""

from datetime import date
from typing import Any

from django import forms

from accounts.models import Membership
from patients.dates import ClinicalDateField
from patients.forms.dated import AS_KNOWN, RecordForm
from patients.models import Grade, IdentifierKind, OccurrenceKind, TeamRole
from patients.models.identifiers import NEEDS_ISSUER
from patients.models.occurrences import UNGRADED
from patients.partial_dates import PartialDate, PartialDateField, Precision

ONE_LINE = forms.TextInput(attrs={"autocomplete": "off"})


class IdentifierForm(RecordForm):
    """A number by which others know the patient. Its last day may lie ahead."""

    kind = forms.ChoiceField(label="Kind of number", choices=IdentifierKind.choices)
    value = forms.CharField(label="Number", max_length=60, widget=ONE_LINE)
    issuer = forms.CharField(
        label="Given by",
        required=False,
        max_length=200,
        widget=ONE_LINE,
        help_text="Country, insurance, hospital or study.",
    )
    valid_from = ClinicalDateField(label="Valid from", required=False)
    valid_until = ClinicalDateField(label="Valid until", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.fields["valid_until"].not_after = None  # type: ignore[attr-defined] # a ClinicalDateField

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        value, begins, ends = (cleaned.get(name) for name in ("value", "valid_from", "valid_until"))
        if value and not any(character.isalnum() for character in value):
            self.add_error("value", "A number holds at least one letter or digit.")
        if cleaned.get("kind") in NEEDS_ISSUER and not cleaned.get("issuer"):
            self.add_error("issuer", "Say which hospital, study or office gave this number.")
        if begins and ends and ends < begins:
            self.add_error("valid_until", "The last day lies before the first day; correct one of them.")
        return cleaned


class AssignForm(RecordForm):
    """Put somebody of the hospital on the team; days may lie ahead."""

    user = forms.ChoiceField(label="Person")
    role = forms.ChoiceField(
        label="Role",
        choices=TeamRole.choices,
        help_text="Whoever is responsible, cover or deputy now hands over on the day before.",
    )
    started_on = ClinicalDateField(label="From")
    ended_on = ClinicalDateField(label="Until", required=False, help_text="Empty while it goes on.")

    def __init__(self, *args: Any, on: date, people: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, on=on, initial={"started_on": on}, **kwargs)
        self.people = {str(person.user_id): person for person in people}
        choices = [
            (key, f"{one.user.full_name} ({', '.join(one.role_names)})") for key, one in self.people.items()
        ]
        self.fields["user"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined] # a ChoiceField
        for name in ("started_on", "ended_on"):
            self.fields[name].not_after = None  # type: ignore[attr-defined] # a ClinicalDateField

    def clean_user(self) -> Any:
        return self.people[self.cleaned_data["user"]].user

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("started_on"), cleaned.get("ended_on")
        if begins and ends and ends < begins:
            self.add_error("ended_on", "The last day lies before the first day; correct one of them.")
        return cleaned


class EndForm(forms.Form):
    """The last day of somebody in a role, not before ``first``."""

    ended_on = ClinicalDateField(label="Last day")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first

    def clean_ended_on(self) -> date:
        day: date = self.cleaned_data["ended_on"]
        if day < self.first:
            raise forms.ValidationError(
                f"The last day cannot lie before the first, {self.first:%-d %b %Y}; "
                "an assignment that never was is marked as entered in error."
            )
        return day


class OccurrenceForm(RecordForm):
    """An event of the illness, or a note."""

    kind = forms.ChoiceField(label="What", choices=[("", "Choose"), *OccurrenceKind.choices])
    happened = PartialDateField(label="When", help_text=AS_KNOWN)
    ended = PartialDateField(label="Until", required=False, help_text="Empty if it was one day or goes on.")
    grade = forms.TypedChoiceField(
        label="Grade",
        required=False,
        choices=[("", "Not graded"), *Grade.choices],
        coerce=int,
        empty_value=None,
        help_text="By CTCAE; of infections, thromboses, neuropathy and other side effects.",
    )
    text = forms.CharField(
        label="In words", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, begins, ends = cleaned.get("kind"), cleaned.get("happened"), cleaned.get("ended")
        if begins and ends and ends.last < begins.first:
            self.add_error("ended", "The end lies before the beginning; correct one of them.")
        if kind in UNGRADED and cleaned.get("grade"):
            self.add_error("grade", f"“{OccurrenceKind(kind).label}” has no grade; leave it as not graded.")
        if kind in {OccurrenceKind.NOTE, OccurrenceKind.OTHER} and not cleaned.get("text"):
            self.add_error("text", "Say in words what this is about.")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row: a date and how much of it is known stand in two."""
        row = super().values
        begins: PartialDate = row.pop("happened")
        ends: PartialDate | None = row.pop("ended")
        return row | {
            "happened_on": begins.first,
            "happened_precision": begins.precision,
            "ended_on": ends.first if ends else None,
            "ended_precision": ends.precision if ends else Precision.DAY,
        }
