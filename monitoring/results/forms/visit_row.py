"""One row of the grid for a visit: one analyte, its value and what belongs to the value.

An empty value is *not measured*: nothing else of the row is saved, and nothing of it is judged. What the row
shows from last time (unit, specimen, method, limits) is in its fields to be seen; it is saved only beside a
value, and limits only as long as they are those of the same unit, specimen, laboratory and method.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from guideline.entries import Analyte
from monitoring.results.forms.reading import (
    NumberField,
    Reading,
    WordField,
    as_known,
    doubt_about,
    read_typed,
    read_yes_no,
)
from monitoring.results.models import Specimen
from monitoring.results.numbers import Quantity, shown, typed_again
from monitoring.results.presenters import limits_shown, quantity_shown, series_shown
from monitoring.results.queries import RecordedResult
from monitoring.results.questions import Question
from monitoring.results.units import UnitError, fitting_unit, unit_shown, units_of

LIMITS = ("lower_limit", "upper_limit")
YES_NO = [("", "Not measured"), ("0", "Negative"), ("1", "Positive")]


class RowForm(forms.Form):
    """The next value of ``analyte``; ``last`` is the newest of its series, of the set's laboratory if any is.

    ``known`` are the methods that the record names already.
    """

    value = NumberField(required=False)
    value_reading = forms.CharField(required=False, widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    unit = forms.ChoiceField(required=False)
    specimen = forms.ChoiceField(required=False)
    method = WordField(offer="methods")
    lower_limit = NumberField(required=False)
    upper_limit = NumberField(required=False)
    limits_kept = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, analyte: Analyte, last: RecordedResult | None, known: Sequence[str], **kwargs: Any
    ) -> None:
        kwargs["initial"] = _initial(analyte, last)
        super().__init__(*args, **kwargs)
        self.analyte = analyte
        self.last = last
        self.known = known
        self.laboratory = ""
        self.readings: Sequence[tuple[str, str]] = ()
        self.to_confirm = ""
        self.limits_to_keep = ""
        self.questions: list[Question] = []
        if analyte.reads == "yes_no":
            self.fields["value"] = forms.ChoiceField(choices=YES_NO, required=False)
        elif analyte.reads == "text":
            self.fields["value"] = forms.CharField(max_length=200, required=False)
        self._name_fields()
        self.fields["unit"].choices = _units(analyte)  # type: ignore[attr-defined] # a choice field
        self.fields["specimen"].choices = _specimens(analyte)  # type: ignore[attr-defined]

    @property
    def has_limits(self) -> bool:
        return self.analyte.reads == "quantity"

    @property
    def unit_only(self) -> str:
        """The one unit an analyte has, where there is nothing to choose."""
        return " or ".join(unit_shown(code) or "no unit" for code in units_of(self.analyte)) or "no unit"

    @property
    def specimen_only(self) -> str:
        """The one specimen an analyte is measured in, where there is nothing to choose."""
        value = self["specimen"].value()
        return Specimen(value).label if value in Specimen.values else "–"  # noqa: RUF001 - a dash

    @property
    def given(self) -> bool:
        """Whether a value was typed; a valid row without one saves nothing."""
        return bool(self.cleaned_data.get("value"))

    @property
    def last_value(self) -> str:
        return value_in_words(self.last, self.analyte) if self.last else ""

    @property
    def last_series(self) -> str:
        """Where the last value came from."""
        return series_shown(self.last.specimen, self.last.laboratory, self.last.method) if self.last else ""

    @property
    def entry(self) -> dict[str, Any]:
        """What a valid row with a value says; the visit adds when and where."""
        data = self.cleaned_data
        quantity: Quantity | None = data["quantity"]
        return {
            "analyte": self.analyte.key,
            "value": quantity.number if quantity else None,
            "comparator": quantity.comparator if quantity else "",
            "text": data["text"],
            "unable": False,
            "unit": data["unit"],
            "specimen": data["specimen"],
            "laboratory": self.laboratory,
            "method": data["method"],
            "lower_limit": data["lower_limit_number"],
            "upper_limit": data["upper_limit_number"],
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("value"):
            self._refuse_limits_alone()
            return cleaned
        cleaned |= {"quantity": None, "text": "", "lower_limit_number": None, "upper_limit_number": None}
        cleaned["method"] = as_known(cleaned.get("method", ""), self.known)
        self._clean_unit(cleaned)
        if self.analyte.specimens and not cleaned.get("specimen"):
            self.add_error("specimen", "Choose the specimen; “Not known” is an answer too.")
        if self.analyte.reads == "text":
            cleaned["text"] = " ".join(cleaned["value"].split())
        elif self.analyte.reads == "yes_no":
            cleaned["quantity"] = self._quantity(read_yes_no(self.analyte, cleaned["value"]))
        else:
            self._clean_numbers(cleaned)
        return cleaned

    def _name_fields(self) -> None:
        words = {"value": "", "unit": "unit", "specimen": "specimen", "method": "method"}
        words |= {"lower_limit": "lower limit", "upper_limit": "upper limit"}
        for name, word in words.items():
            self.fields[name].label = f"{self.analyte.label}, {word}" if word else self.analyte.label
        self.fields["value"].widget.attrs["data-grid-value"] = ""

    def _refuse_limits_alone(self) -> None:
        """A number in the column of limits without a value is most likely a value in the wrong column."""
        if any(name in self.changed_data for name in LIMITS):
            self.add_error(
                "value", "A limit was changed but no value given; give the value or restore the limit."
            )

    def _clean_unit(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["unit"] = fitting_unit(self.analyte, cleaned.get("unit", ""))
        except UnitError as error:
            self.add_error("unit", str(error))

    def _clean_numbers(self, cleaned: dict[str, Any]) -> None:
        reading = read_typed(cleaned["value"], chosen=cleaned.get("value_reading", ""))
        self.readings = reading.readings
        quantity = cleaned["quantity"] = self._quantity(reading)
        doubt = doubt_about(self.analyte, quantity, cleaned.get("unit", "")) if quantity else None
        if doubt is not None and "unit" in cleaned and cleaned.get("confirmed") != doubt.told:
            self.to_confirm = doubt.told
            self.add_error("value", doubt.question)
        for name in LIMITS:
            cleaned[f"{name}_number"] = self._limit(name, cleaned.get(name, ""))
        low, high = cleaned["lower_limit_number"], cleaned["upper_limit_number"]
        if low is not None and high is not None and low > high:
            self.add_error(
                "lower_limit", f"The lower limit {shown(low)} is above the upper limit {shown(high)}."
            )
        self._ask_about_limits(cleaned)

    def _quantity(self, reading: Reading) -> Quantity | None:
        if reading.problem:
            self.add_error("value", reading.problem)
        return reading.quantity

    def _limit(self, name: str, typed: str) -> Any:
        if not typed:
            return None
        reading = read_typed(typed, bounds=False)
        if reading.problem:
            self.add_error(name, reading.problem)
        return reading.quantity.number if reading.quantity else None

    def _ask_about_limits(self, cleaned: dict[str, Any]) -> None:
        """Limits taken over from last time belong to that unit, specimen, laboratory and method."""
        last, prefilled = self.last, [name for name in LIMITS if self.initial.get(name)]
        if last is None or not prefilled or any(name in self.changed_data for name in LIMITS):
            return
        now = (cleaned.get("unit"), cleaned.get("specimen"), self.laboratory, cleaned.get("method"))
        if now == (last.unit, last.specimen, last.laboratory, last.method):
            return
        limits = limits_shown(cleaned["lower_limit_number"], cleaned["upper_limit_number"])
        told = f"{limits} for {' '.join(str(word) for word in now if word)}"
        if cleaned.get("limits_kept") != told:
            self.limits_to_keep = told
            self.add_error(
                prefilled[-1],
                f"The limits {limits} were printed by another series ({self.last_series}, "
                f"{unit_shown(last.unit)}); give those of this report, clear them, or tick that they "
                "are right.",
            )


def value_in_words(row: RecordedResult, analyte: Analyte) -> str:
    return quantity_shown(
        row.value,
        row.comparator,
        row.unit,
        unable=row.unable,
        text=row.text,
        yes_no=analyte.reads == "yes_no",
    )


def newest_of(analyte: Analyte, rows: Iterable[RecordedResult], laboratory: str) -> RecordedResult | None:
    """The newest of ``rows`` (newest first) for this analyte, of this laboratory if it has one."""
    own = [row for row in rows if row.analyte == analyte.key]
    return next((row for row in own if row.laboratory == laboratory), own[0] if own else None)


def _initial(analyte: Analyte, last: RecordedResult | None) -> dict[str, Any]:
    """What the row shows before anything is typed: the last report's frame, or what leaves no choice."""
    if last is not None:
        limits = {name: getattr(last, name) for name in LIMITS}
        return {
            "unit": last.unit,
            "specimen": last.specimen,
            "method": last.method,
            **{name: typed_again(limit) for name, limit in limits.items() if limit is not None},
        }
    units, specimens = units_of(analyte), analyte.specimens
    return {
        "unit": units[0] if len(units) == 1 else "",
        "specimen": specimens[0] if len(specimens) == 1 else "",
    }


def _units(analyte: Analyte) -> list[tuple[str, str]]:
    codes = units_of(analyte)
    if not codes:
        return [("", "no unit")]
    return [("", "Choose…"), *((code, unit_shown(code) or "no unit") for code in codes)]


def _specimens(analyte: Analyte) -> list[tuple[str, str]]:
    if not analyte.specimens:
        return [("", "none")]
    words = [*analyte.specimens, Specimen.UNKNOWN]
    return [("", "Choose…"), *((word, Specimen(word).label) for word in words)]
