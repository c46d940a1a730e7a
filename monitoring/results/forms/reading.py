"""What was typed into a field of a result: read exactly, asked about, or refused with one sentence.

Every form that takes results asks the same way: a number with two readings offers both, and a value far
outside of what is plausible wants a tick. A choice or a tick counts only for the text it was given for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from guideline.entries import Analyte
from monitoring.results.numbers import (
    AmbiguousNumberError,
    NumberError,
    Quantity,
    read_number,
    read_quantity,
    shown,
)
from monitoring.results.units import in_own_unit, unit_shown

YES_NO = {"0": 0, "1": 1, "negative": 0, "positive": 1}


class NumberField(forms.CharField):
    """A number as typed; the form reads it, because it may have to offer two readings."""

    def __init__(self, **kwargs: Any) -> None:
        plain = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"})
        too_long = {"max_length": "A number may have at most 60 characters; this has %(show_value)d."}
        super().__init__(max_length=60, widget=plain, error_messages=too_long, **kwargs)


class WordField(forms.CharField):
    """A name of a laboratory or method in single spaces, offered from what the record already names."""

    def __init__(self, *, offer: str, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "list": offer})
        too_long = {"max_length": "At most 100 characters are kept; this has %(show_value)d."}
        super().__init__(max_length=100, required=False, widget=widget, error_messages=too_long, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


@dataclass(frozen=True)
class Reading:
    """A quantity, or the sentence why there is none; both readings (value, shown) where there are two."""

    quantity: Quantity | None
    problem: str = ""
    readings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Doubt:
    """An implausible value: ``told`` names it and is what a tick confirms, ``question`` is the sentence."""

    told: str
    question: str


def read_typed(typed: str, *, chosen: str = "", bounds: bool = True) -> Reading:
    """The number that was typed, with ``bounds`` such as <20 or without; ``chosen`` was ticked before."""
    try:
        return Reading(read_quantity(typed) if bounds else Quantity(read_number(typed)))
    except AmbiguousNumberError as error:
        for reading in error.readings:
            if chosen == f"{typed} = {reading}":
                return Reading(Quantity(reading, error.comparator))
        offered = tuple((f"{typed} = {reading}", shown(reading)) for reading in error.readings)
        return Reading(None, str(error), offered)
    except NumberError as error:
        return Reading(None, str(error))


def read_yes_no(analyte: Analyte, typed: str) -> Reading:
    """0 or 1 from a digit or a word."""
    answer = YES_NO.get(typed.strip().lower())
    if answer is None:
        return Reading(None, f"{analyte.label} is negative (0) or positive (1); type one of these.")
    return Reading(Quantity(Decimal(answer)))


def doubt_about(analyte: Analyte, quantity: Quantity, unit: str) -> Doubt | None:
    """What to ask about a quantity in the UCUM ``unit`` that lies far outside of what is plausible."""
    number, expected, expected_in = (
        in_own_unit(analyte, quantity.number, unit),
        analyte.plausible,
        analyte.unit,
    )
    if number is None:
        number, expected, expected_in = quantity.number, analyte.plausible_kept.get(unit), unit
    if expected is None or expected[0] <= number <= expected[1]:
        return None
    low, high = expected
    told = f"{quantity.comparator}{shown(quantity.number)} {unit_shown(unit)}".rstrip()
    question = (
        f"{told} is unusual for {analyte.label}, which lies between {shown(Decimal(low))} and "
        f"{shown(Decimal(high))} {unit_shown(expected_in or '')}".rstrip()
        + "; check number and unit, or tick that it is right."
    )
    return Doubt(told, question)


def as_known(typed: str, known: Iterable[str]) -> str:
    """The word as the record already has it, so that a capital letter never splits a series."""
    return next((word for word in known if word.casefold() == typed.casefold()), typed)
