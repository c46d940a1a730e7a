"""The filters over the log and over who looked at a patient."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils import timezone

from accounts.trail.kinds import AccessKind
from accounts.trail.queries import Wanted

DAY_ERRORS = {"invalid": "Write the day as in 2026-05-31, or choose it."}
NOT_OFFERED = {"invalid_choice": "Choose one of the list."}
# One row of the log may be of several kinds of trouble; what is refused is one filter.
KINDS = (("", "Everything"), *AccessKind.choices)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")


class DaysForm(forms.Form):
    """A person and days. Empty fields ask nothing; the days are those of the hospital's zone."""

    person = forms.ChoiceField(
        label="Person",
        required=False,
        error_messages=NOT_OFFERED,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    first = forms.DateField(label="From", required=False, error_messages=DAY_ERRORS, widget=_day())
    last = forms.DateField(label="Up to", required=False, error_messages=DAY_ERRORS, widget=_day())

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Everybody"), *people]  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day lies before the first.")
        return self.cleaned_data

    def wanted(self) -> Wanted:
        """What was asked; a field that is not valid asks nothing and says why."""
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            user_id=UUID(data["person"]) if data.get("person") else None,
            since=_begin(data["first"]) if data.get("first") else None,
            before=_begin(data["last"] + timedelta(days=1)) if data.get("last") else None,
        )

    def address(self, **more: object) -> str:
        """The question as the end of an address: opaque ids and days, never a number of a record."""
        asked = {name: self.data.get(name, "") for name in self.fields if name != "number"}
        said = {name: value for name, value in (asked | more).items() if value}
        return f"?{urlencode(said)}" if said else "?"


class LogForm(DaysForm):
    """The filters of the hospital's log. A record's number is posted and becomes an opaque id (patient)."""

    kind = forms.ChoiceField(
        label="What",
        choices=KINDS,
        required=False,
        error_messages=NOT_OFFERED,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    number = forms.CharField(
        label="Record number",
        required=False,
        max_length=40,
        error_messages={"max_length": "A record number has at most 40 characters."},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    patient = forms.UUIDField(required=False, widget=forms.HiddenInput)
    refused = forms.BooleanField(
        label="Refused only",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    emergency = forms.BooleanField(
        label="Emergency access only",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, sees_numbers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_numbers:
            del self.fields["number"], self.fields["patient"]

    def wanted(self) -> Wanted:
        base = super().wanted()
        data = self.cleaned_data
        kind = AccessKind.DENIED if data.get("refused") else data.get("kind")
        return Wanted(
            user_id=base.user_id,
            since=base.since,
            before=base.before,
            kinds=(kind,) if kind else (),
            patient_ids=(data["patient"],) if data.get("patient") else None,
            emergency=bool(data.get("emergency")),
        )


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
