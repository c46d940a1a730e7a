"""Dates of which perhaps only the month or year is known: read, kept and printed as known, never as more."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models

from patients.dates import EARLIEST, age_on

MONTHS = tuple(name.lower() for name in calendar.month_name)
YEAR = re.compile(r"\d{4}")
# With the year first the order is year, month, day; with the year last it is a question.
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
YEAR_LAST = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")
DAY_THEN_WORD = re.compile(r"(?:(\d{1,2})(?:\.|st|nd|rd|th)?[ -]?)?([a-z]{3,9})\.?,?[ -]?(\d{4})")
WORD_THEN_DAY = re.compile(r"([a-z]{3,9})\.? ?(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
SHORTEST_MONTH_WORD = 3


class Precision(models.TextChoices):
    DAY = "day", "Day"
    MONTH = "month", "Month"
    YEAR = "year", "Year"


class NotADateError(ValueError):
    """The text is no date, or could be two; the message is a sentence for whoever typed it."""


@dataclass(frozen=True)
class Age:
    """Completed years; two values where only the month or year of birth is known."""

    lowest: int
    highest: int

    @property
    def certain(self) -> int | None:
        """The age, where what is known of the birth date allows only one."""
        return self.lowest if self.lowest == self.highest else None

    def __str__(self) -> str:
        return str(self.lowest) if self.certain is not None else f"{self.lowest} or {self.highest}"


@dataclass(frozen=True)
class PartialDate:
    """A day, month or year; ``first`` is its first day."""

    first: date
    precision: str = Precision.DAY

    @property
    def last(self) -> date:
        """The last day that what is known allows."""
        match self.precision:
            case Precision.YEAR:
                return date(self.first.year, 12, 31)
            case Precision.MONTH:
                return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])
            case _:
                return self.first

    def age_on(self, day: date) -> Age:
        """The age on ``day`` of somebody born then; nobody is younger than nought."""
        return Age(max(age_on(self.last, day), 0), max(age_on(self.first, day), 0))

    def may_be(self, other: "PartialDate") -> bool:
        """Whether both can be the same day."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        match self.precision:
            case Precision.YEAR:
                return f"{self.first.year:04}"
            case Precision.MONTH:
                return f"{self.first:%b} {self.first.year:04}"
            case _:
                return f"{self.first:%-d %b} {self.first.year:04}"


def read_partial_date(text: str) -> PartialDate:
    """The date in ``14 Feb 1977``, ``1977-02-14``, ``02/1977``, ``Feb 1977`` or ``1977``.

    Raises NotADateError; also where day and month could be either (``03/05/1961``): asked, never guessed.
    """
    typed = " ".join(text.split())
    lowered = typed.lower()
    if YEAR.fullmatch(lowered):
        return _dated(typed, int(lowered))
    if match := YEAR_FIRST.fullmatch(lowered):
        return _dated(typed, int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    if match := YEAR_LAST.fullmatch(lowered):
        return _year_last(typed, match[1], match[2], int(match[3]))
    if match := DAY_THEN_WORD.fullmatch(lowered):
        return _dated(typed, int(match[3]), _month(match[2], typed), int(match[1]) if match[1] else None)
    if match := WORD_THEN_DAY.fullmatch(lowered):
        return _dated(typed, int(match[3]), _month(match[1], typed), int(match[2]))
    raise _not_a_date(typed)


def _year_last(typed: str, first: str | None, second: str, year: int) -> PartialDate:
    """``14/02/1977`` and ``02/1977``; ``03/05/1961`` has two readings and is refused with both."""
    if first is None:
        return _dated(typed, year, int(second))
    readings = {
        reading
        for day, month in ((int(first), int(second)), (int(second), int(first)))
        if (reading := _possible(year, month, day))
    }
    match sorted(readings):
        case [reading]:
            return PartialDate(reading)
        case [one, other]:
            raise NotADateError(
                f"{typed} can be {one:%-d %B} or {other:%-d %B}; write the month as a word, as in 3 May 1961."
            )
        case _:
            return _dated(typed, year, int(second), int(first))


def _dated(typed: str, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """The date, or NotADateError saying what of it does not exist."""
    if year == 0:
        raise _not_a_date(typed)
    if month is None:
        return PartialDate(date(year, 1, 1), Precision.YEAR)
    if not 1 <= month < len(MONTHS):
        raise NotADateError(f"{typed} names a month that does not exist.")
    if day is None:
        return PartialDate(date(year, month, 1), Precision.MONTH)
    if found := _possible(year, month, day):
        return PartialDate(found)
    last = calendar.monthrange(year, month)[1]
    raise NotADateError(
        f"{day} {calendar.month_name[month]} {year} does not exist: that month has {last} days."
    )


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str, typed: str) -> int:
    """The month whose name begins with ``word``."""
    for number, name in enumerate(MONTHS):
        if number and len(word) >= SHORTEST_MONTH_WORD and name.startswith(word):
            return number
    raise _not_a_date(typed)


def _not_a_date(typed: str) -> NotADateError:
    return NotADateError(
        f"{typed[:40]!r} is not a date; give what is known, as in 14 Feb 1977, Feb 1977 or 1977."
    )


class PartialDateField(forms.Field):
    """A date as far as it is known, from 1900 to ``not_after``; cleans to a PartialDate."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, *, not_after: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.not_after = not_after

    def to_python(self, value: Any) -> PartialDate | None:
        """The date. Raises ValidationError naming what was typed and what is allowed."""
        if value is None or isinstance(value, PartialDate):
            return value
        if not str(value).strip():
            return None
        try:
            return read_partial_date(str(value))
        except NotADateError as error:
            raise forms.ValidationError(str(error), code="invalid") from error

    def validate(self, value: PartialDate | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value.first < EARLIEST:
            raise forms.ValidationError("The year must be 1900 or later.", code="too_early")
        if self.not_after is not None and value.first > self.not_after:
            raise forms.ValidationError(
                f"{value} lies in the future; the latest day allowed is today.", code="too_late"
            )
