"""The form for one result. It validates; actions save.

It asks instead of guessing: a number with two readings offers both, a value far outside of what is plausible
wants a tick. Whatever was typed stays on the form.
"""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict

from guideline.edition import Edition
from guideline.entries import Analyte
from monitoring.results.actions.results import ResultEntry
from monitoring.results.forms.collection import CollectionForm, initial_collection
from monitoring.results.forms.reading import (
    NumberField,
    WordField,
    as_known,
    doubt_about,
    read_typed,
    read_yes_no,
)
from monitoring.results.models import Comparator, Result, Specimen, State
from monitoring.results.moments import Collected
from monitoring.results.numbers import Quantity, shown, typed_again
from monitoring.results.presenters import by_group
from monitoring.results.questions import Question
from monitoring.results.units import UnitError, fitting_unit, unit_shown
from patients.forms.versioned import VersionedForm

LIMITS = ("lower_limit", "upper_limit")
NEW_STATES = (State.FINAL, State.PRELIMINARY)
# What a report can become by a correction; a mark as entered in error has a page of its own.
NEXT_STATES = {
    State.PRELIMINARY: (State.PRELIMINARY, State.FINAL),
    State.FINAL: (State.FINAL, State.CORRECTED),
    State.CORRECTED: (State.CORRECTED,),
}


class ValueField(NumberField):
    """Asked of every result; the form knows when there is no number."""

    def validate(self, value: str) -> None:
        """Nothing here: an empty value is judged together with the tick that there is none."""


class UnitField(forms.CharField):
    """Asked of every result; the form knows which analytes have none."""

    def validate(self, value: str) -> None:
        """Nothing here: an empty unit is judged together with the analyte."""


class SpecimenField(forms.ChoiceField):
    """Asked of every result; the form knows which analytes come from none."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class ResultForm(CollectionForm, VersionedForm):
    """One result of a patient born on ``born``, entered on the day ``on``; ``state`` is what a report is now.

    ``known`` maps laboratory and method to the words the record already has: the same word in another case is
    written as it stands there, so that a capital letter never splits a series.
    """

    analyte = forms.ChoiceField(label="What was measured")
    value = ValueField(
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
    unable = forms.BooleanField(
        label="There is no number: it could not be measured",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    state = forms.ChoiceField(label="The report is", required=False)
    note = forms.CharField(
        label="Note", required=False, max_length=300, help_text="Such as hemolyzed, or after stimulation."
    )
    confirmed = forms.CharField(required=False, max_length=80)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        on: date,
        born: date,
        zone: ZoneInfo,
        known: dict[str, list[str]],
        state: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, on=on, born=born, zone=zone, **kwargs)
        self.analytes = edition.analytes
        self.known = known
        self.readings: dict[str, list[tuple[str, str]]] = {}
        self.to_confirm = ""
        self.questions: list[Question] = []
        self.fields["analyte"] = forms.ChoiceField(
            label="What was measured", choices=by_group(edition.analytes.values())
        )
        states = NEXT_STATES[State(state)] if state else NEW_STATES
        self.fields["state"].choices = [(one.value, one.label) for one in states]  # type: ignore[attr-defined]
        self.fields["state"].initial = states[0]

    @property
    def entry(self) -> ResultEntry:
        """What a valid form says."""
        data = self.cleaned_data
        quantity: Quantity | None = data["quantity"]
        collected: Collected = data["collected"]
        return ResultEntry(
            analyte=data["analyte"],
            value=quantity.number if quantity else None,
            comparator=quantity.comparator if quantity else "",
            unable=data["unable"],
            text=data["text"],
            unit=data["unit"],
            specimen=data["specimen"],
            laboratory=data["laboratory"],
            method=data["method"],
            lower_limit=data["lower_limit_number"],
            upper_limit=data["upper_limit_number"],
            collected_on=collected.on,
            collected_precision=collected.precision,
            collected_at_time=collected.local_time,
            collected_at=collected.instant,
            state=data["state"] or self.fields["state"].initial,
            note=data["note"],
        )

    @property
    def settled(self) -> set[str]:
        """What was ticked."""
        return set(self.data.getlist("settled")) if isinstance(self.data, QueryDict) else set()

    def ask(self, questions: Sequence[Question]) -> bool:
        """Put the questions that were not answered with a tick on the form; whether there are any."""
        self.questions = list(questions)
        open_ones = [question for question in questions if question.told not in self.settled]
        for question in open_ones:
            self.add_error(None, question.sentence)
        return bool(open_ones)

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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        analyte = self.analytes.get(cleaned.get("analyte", ""))
        if analyte is None:
            return cleaned
        cleaned |= {"quantity": None, "text": "", "lower_limit_number": None, "upper_limit_number": None}
        self._clean_specimen(analyte, cleaned)
        if cleaned.get("unable"):
            self._clean_unable(cleaned)
        elif not cleaned.get("value") and "value" not in self.errors:
            self.add_error("value", self.fields["value"].error_messages["required"])
        elif analyte.reads == "quantity":
            self._clean_unit(analyte, cleaned)
            self._clean_numbers(cleaned)
            self._ask_if_implausible(analyte, cleaned)
        else:
            self._clean_words(analyte, cleaned)
        return cleaned

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

    def _clean_unable(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("value"):
            self.add_error("value", "Give a value, or tick that there is no number; not both.")
        cleaned["unit"] = ""

    def _clean_words(self, analyte: Analyte, cleaned: dict[str, Any]) -> None:
        """A yes or no, or an answer in words: neither has a unit or limits."""
        self._clean_unit(analyte, cleaned)
        for limit in LIMITS:
            if cleaned.get(limit):
                self.add_error(limit, f"{analyte.label} has no limits; leave this empty.")
        if analyte.reads == "text":
            cleaned["text"] = " ".join(cleaned.get("value", "").split())
            return
        reading = read_yes_no(analyte, cleaned.get("value", ""))
        if reading.problem and "value" in cleaned:
            self.add_error("value", reading.problem)
        cleaned["quantity"] = reading.quantity

    def _clean_numbers(self, cleaned: dict[str, Any]) -> None:
        cleaned["quantity"] = self._read("value", cleaned.get("value", ""), cleaned)
        for limit in LIMITS:
            quantity = self._read(limit, cleaned.get(limit, ""), cleaned)
            cleaned[f"{limit}_number"] = quantity.number if quantity else None
        low, high = cleaned["lower_limit_number"], cleaned["upper_limit_number"]
        if low is not None and high is not None and low > high:
            self.add_error(
                "lower_limit", f"The lower limit {shown(low)} is above the upper limit {shown(high)}."
            )

    def _read(self, name: str, typed: str, cleaned: dict[str, Any]) -> Quantity | None:
        """The quantity, or None: nothing typed, or said what is wrong."""
        if not typed:
            return None
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
    kept = ("analyte", "specimen", "laboratory", "method", "unable", "state", "note", "version")
    return {
        **{name: getattr(result, name) for name in kept},
        **limits,
        **initial_collection(result),
        "value": result.text if result.text and not result.unable else f"{sign}{number}",
        "unit": unit_shown(result.unit),
    }
