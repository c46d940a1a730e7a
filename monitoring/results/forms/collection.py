"""The part of a form that asks when something was collected, as exactly as it is known."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from monitoring.results.models import Precision, Result
from monitoring.results.moments import (
    Collected,
    MomentError,
    TwoSuchTimesError,
    collected_about,
    collected_on,
)
from patients.dates import ClinicalDateField
from patients.partial_dates import PartialDate, PartialDateField


class DayField(ClinicalDateField):
    """Asked of every result; the form knows when a month or a year is given instead."""

    def validate(self, value: date | None) -> None:
        if value is not None:
            super().validate(value)


class CollectionForm(forms.Form):
    """A day with or without its time in ``zone``, or only a month or year; ``collected`` once it is valid.

    Not before the first day that the patient can have lived (``born``), not after ``on``.
    """

    collected_on = DayField(label="Collected on")
    collected_at_time = forms.TimeField(
        label="Time",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Give hour and minute, as in 08:30."},
    )
    time_reading = forms.CharField(required=False)
    collected_about = PartialDateField(
        label="Month or year",
        required=False,
        help_text="Instead of the day: May 2024, or 2024. Charts put it on its first day and say “about”.",
    )

    def __init__(self, *args: Any, on: date, born: date, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born
        self.zone = zone
        self.time_readings: list[tuple[str, str]] = []
        for name in ("collected_on", "collected_about"):
            self.fields[name].not_after = on  # type: ignore[attr-defined] # both are date fields of ours

    @property
    def about_is_open(self) -> bool:
        """Whether the less exact field holds something to look at."""
        return bool(self["collected_about"].value() or self["collected_about"].errors)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day, about = cleaned.get("collected_on"), cleaned.get("collected_about")
        if self.errors.keys() & {"collected_on", "collected_about", "collected_at_time"}:
            return cleaned
        if (day is None) == (about is None):
            self.add_error("collected_on", "Give the day, or only its month or year below; one of the two.")
            return cleaned
        cleaned["collected"] = self._collected(day, about, cleaned)
        if PartialDate(cleaned["collected"].on, cleaned["collected"].precision).last < self.born:
            self.add_error("collected_on", "That is before the patient was born; check the year.")
        return cleaned

    def _collected(self, day: date | None, about: PartialDate | None, cleaned: dict[str, Any]) -> Collected:
        at = cleaned.get("collected_at_time")
        if about is not None and at is not None:
            self.add_error("collected_at_time", "A time belongs to a day; leave it empty, or give the day.")
        if about is not None:
            return collected_about(about)
        assert day is not None  # noqa: S101 - one of the two was given
        told = f"{day} {at}"
        which = str(cleaned.get("time_reading", "")).removeprefix(f"{told} = ")
        try:
            return collected_on(day, at, self.zone, which=which)
        except TwoSuchTimesError as asked:
            self.time_readings = [(f"{told} = {word}", label) for word, label in asked.choices]
            self.add_error("collected_at_time", str(asked))
        except MomentError as refused:
            self.add_error("collected_at_time", str(refused))
        return Collected(day)


def initial_collection(result: Result) -> dict[str, Any]:
    """A stored time of collection as the form shows it; an hour that came twice is asked about again."""
    if result.collected_precision in {Precision.YEAR, Precision.MONTH}:
        return {"collected_about": PartialDate(result.collected_on, result.collected_precision)}
    return {"collected_on": result.collected_on, "collected_at_time": result.collected_at_time}
