"""The form for one result. It validates; actions save.

It asks instead of guessing: a number with two readings offers both, a value far outside of what is plausible
wants a tick. Whatever was typed stays on the form.
"""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from guideline.edition import Edition
from guideline.entries import Analyte
from monitoring.results.actions.results import ResultEntry
from monitoring.results.forms.reading import (
    NumberField,
    WordField,
    as_known,
    doubt_about,
    read_typed,
    read_yes_no,
)
from monitoring.results.models import Comparator, Result, Specimen
from monitoring.results.numbers import Quantity, shown, typed_again
from monitoring.results.units import UnitError, fitting_unit, unit_shown
from patients.dates import ClinicalDateField

NUMBERS = ("value", "lower_limit", "upper_limit")


class UnitField(forms.CharField):
    """Asked of every result; the form knows which analytes have none."""

    def validate(self, value: str) -> None:
        """Nothing here: an empty unit is judged together with the analyte."""


class SpecimenField(forms.ChoiceField):
    """Asked of every result; the form knows which analytes come from none."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class ResultForm(forms.Form):
    """One result of a patient born on ``born``, entered on the day ``on``.

    ``known`` maps laboratory and method to the words the record already has: the same word in another case is
    written as it stands there, so that a capital letter never splits a series.
    """

    analyte = forms.ChoiceField(label="What was measured")
    value = NumberField(
        label="Value",
        help_text="As on the report, with its sign if it has one: 1450.5, <20, ≥ 2000. Zero is a value.",
    )
    value_reading = forms.CharField(required=False)
    unit = UnitField(
        label="Unit",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "units", "spellcheck": "false"}),
        help_text="As on the report, such as pg/mL; none is assumed.",
    )
    specimen = SpecimenField(
        label="Specimen",
        choices=[("", "Choose…"), *Specimen.choices],
        help_text="Leave it for lung function and echocardiography.",
    )
    laboratory = WordField(label="Laboratory", offer="laboratories")
    method = WordField(label="Method", offer="methods", help_text="Assay or kit, such as ELISA.")
    lower_limit = NumberField(label="Lower limit", required=False)
    lower_limit_reading = forms.CharField(required=False)
    upper_limit = NumberField(
        label="Upper limit", required=False, help_text="The reference range printed beside this result."
    )
    upper_limit_reading = forms.CharField(required=False)
    collected_on = ClinicalDateField(label="Collected on")
    collected_at_time = forms.TimeField(
        label="Time",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Give hour and minute, as in 08:30."},
    )
    confirmed = forms.CharField(required=False, max_length=80)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, edition: Edition, on: date, born: date, known: dict[str, list[str]], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.analytes = edition.analytes
        self.born = born
        self.known = known
        self.readings: dict[str, list[tuple[str, str]]] = {}
        self.to_confirm = ""
        self.fields["analyte"] = forms.ChoiceField(
            label="What was measured",
            choices=[(key, entry.label) for key, entry in edition.analytes.items() if entry.reads != "text"],
        )
        self.fields["collected_on"] = ClinicalDateField(label="Collected on", not_after=on)

    @property
    def entry(self) -> ResultEntry:
        """What a valid form says."""
        data = self.cleaned_data
        quantity: Quantity = data["quantity"]
        return ResultEntry(
            analyte=data["analyte"],
            value=quantity.number,
            comparator=quantity.comparator,
            unable=False,
            unit=data["unit"],
            specimen=data["specimen"],
            laboratory=data["laboratory"],
            method=data["method"],
            lower_limit=data["lower_limit_number"],
            upper_limit=data["upper_limit_number"],
            collected_on=data["collected_on"],
            collected_at_time=data["collected_at_time"],
        )

    @property
    def value_readings(self) -> list[tuple[str, str]]:
        return self.readings.get("value", [])

    @property
    def lower_limit_readings(self) -> list[tuple[str, str]]:
        return self.readings.get("lower_limit", [])

    @property
    def upper_limit_readings(self) -> list[tuple[str, str]]:
        return self.readings.get("upper_limit", [])

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_laboratory(self) -> str:
        return as_known(self.cleaned_data["laboratory"], self.known["laboratory"])

    def clean_method(self) -> str:
        return as_known(self.cleaned_data["method"], self.known["method"])

    def clean_collected_on(self) -> date:
        day: date = self.cleaned_data["collected_on"]
        if day < self.born:
            raise forms.ValidationError(
                "That is before the patient was born; check the year.", code="before_birth"
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        analyte = self.analytes.get(cleaned.get("analyte", ""))
        if analyte is None:
            return cleaned
        self._clean_specimen(analyte, cleaned)
        self._clean_unit(analyte, cleaned)
        if analyte.reads == "yes_no":
            self._clean_yes_no(analyte, cleaned)
        else:
            self._clean_numbers(cleaned)
            self._ask_if_implausible(analyte, cleaned)
        return cleaned

    def take_version(self, version: int) -> None:
        """Show the form again for the row as it stands now, with what was typed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data

    def _clean_specimen(self, analyte: Analyte, cleaned: dict[str, Any]) -> None:
        specimen = cleaned.get("specimen", "")
        if analyte.specimens and not specimen:
            self.add_error("specimen", "Choose the specimen; “Not known” is an answer too.")
        elif specimen and specimen not in (*analyte.specimens, Specimen.UNKNOWN):
            allowed = " or ".join(Specimen(word).label.lower() for word in analyte.specimens)
            self.add_error(
                "specimen", f"{analyte.label} is measured in {allowed or 'no specimen; leave this empty'}."
            )
        elif not analyte.specimens:
            cleaned["specimen"] = ""

    def _clean_unit(self, analyte: Analyte, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["unit"] = fitting_unit(analyte, cleaned.get("unit", ""))
        except UnitError as error:
            self.add_error("unit", str(error))

    def _clean_yes_no(self, analyte: Analyte, cleaned: dict[str, Any]) -> None:
        reading = read_yes_no(analyte, cleaned.get("value", ""))
        if reading.problem and "value" in cleaned:
            self.add_error("value", reading.problem)
        for limit in ("lower_limit", "upper_limit"):
            if cleaned.get(limit):
                self.add_error(limit, f"{analyte.label} has no limits; leave this empty.")
            cleaned[f"{limit}_number"] = None
        cleaned["quantity"] = reading.quantity

    def _clean_numbers(self, cleaned: dict[str, Any]) -> None:
        for name in NUMBERS:
            typed = cleaned.get(name, "")
            quantity = self._read(name, typed, cleaned) if typed else None
            if name == "value":
                cleaned["quantity"] = quantity
            else:
                cleaned[f"{name}_number"] = quantity.number if quantity else None
        low, high = cleaned["lower_limit_number"], cleaned["upper_limit_number"]
        if low is not None and high is not None and low > high:
            self.add_error(
                "lower_limit", f"The lower limit {shown(low)} is above the upper limit {shown(high)}."
            )

    def _read(self, name: str, typed: str, cleaned: dict[str, Any]) -> Quantity | None:
        """The quantity, or None after saying what is wrong."""
        reading = read_typed(typed, chosen=cleaned.get(f"{name}_reading", ""), bounds=name == "value")
        if reading.readings:
            self.readings[name] = list(reading.readings)
        if reading.problem:
            self.add_error(name, reading.problem)
        return reading.quantity

    def _ask_if_implausible(self, analyte: Analyte, cleaned: dict[str, Any]) -> None:
        quantity, unit = cleaned["quantity"], cleaned.get("unit")
        doubt = doubt_about(analyte, quantity, unit) if quantity and unit else None
        if doubt is not None and cleaned.get("confirmed") != doubt.told:
            self.to_confirm = doubt.told
            self.add_error("value", doubt.question)


def initial_of(result: Result) -> dict[str, Any]:
    """A stored result as the form shows it for correction."""
    number = "" if result.value is None else typed_again(result.value)
    sign = Comparator(result.comparator).label if result.comparator else ""
    limits = {
        name: "" if getattr(result, name) is None else typed_again(getattr(result, name))
        for name in ("lower_limit", "upper_limit")
    }
    kept = ("analyte", "specimen", "laboratory", "method", "collected_on", "collected_at_time", "version")
    return {
        **{name: getattr(result, name) for name in kept},
        **limits,
        "value": f"{sign}{number}",
        "unit": unit_shown(result.unit),
    }
