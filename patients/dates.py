"""Dates as clinicians type them, refused with a sentence that says what would be right."""

import calendar
import re
from datetime import date
from typing import Any

from django import forms

SHAPE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
EARLIEST = date(1900, 1, 1)


class ClinicalDateField(forms.DateField):
    """A calendar date between 1 January 1900 and ``not_after`` (None: any day)."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, not_after: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.not_after = not_after

    def to_python(self, value: Any) -> date | None:
        """The date. Raises ValidationError naming what was typed and what is allowed."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        typed = str(value).strip()
        match = SHAPE.fullmatch(typed)
        if not match:
            raise forms.ValidationError(
                f"{typed[:40]!r} is not a date; give year, month and day, as in 1961-05-03.", code="invalid"
            )
        year, month, day = (int(part) for part in match.groups())
        if not 1 <= month <= len(calendar.month_name) - 1 or not date.min.year <= year <= date.max.year:
            raise forms.ValidationError(f"{typed} names a month that does not exist.", code="invalid")
        last_day = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last_day:
            raise forms.ValidationError(
                f"{day} {calendar.month_name[month]} {year} does not exist: that month has {last_day} days.",
                code="invalid",
            )
        return date(year, month, day)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < EARLIEST:
            raise forms.ValidationError("The year must be 1900 or later.", code="too_early")
        if self.not_after is not None and value > self.not_after:
            raise forms.ValidationError(
                f"{value:%-d} {value:%B} {value:%Y} lies in the future; the latest day allowed is today.",
                code="too_late",
            )


def age_on(born: date, on: date) -> int:
    """Completed years of life; somebody born on 29 February has their birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
