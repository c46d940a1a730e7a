"""How dates, numbers and changes are said in a sentence to a clinician. Independent of any locale."""

from datetime import date
from decimal import Decimal

from guideline.course.change import AT_LEAST, AT_MOST
from guideline.course.history import Observation, Scan

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# What a test that is 0 or 1 says.
YES_NO = ("negative", "positive")


def day_in_words(day: date) -> str:
    """``2 January 2025``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number_in_words(number: Decimal) -> str:
    """The number without an exponent and without zeros that say nothing."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def value_in_words(observation: Observation) -> str:
    """The value with its comparator and unit, or that the patient was unable."""
    if observation.unable:
        return "unable"
    unit = "" if observation.unit is None else f" {observation.unit}"
    return f"{observation.comparator or ''}{number_in_words(observation.number)}{unit}"


def scan_in_words(scan: Scan) -> str:
    """Lesions and summed SUVmax of a scan."""
    lesions = "no avid lesion" if scan.avid_lesions == 0 else f"{scan.avid_lesions} avid lesion"
    plural = "s" if scan.avid_lesions > 1 else ""
    new = ", one called new" if scan.new_lesion else ""
    return f"{lesions}{plural}, summed SUVmax {number_in_words(scan.sum_suv_max)}{new}"


def change_in_words(percent: Decimal | None, bound: str | None) -> str:
    """``a fall of at least 51.2 %``."""
    if percent is None:
        return "a change that has no percentage"
    how = f"{bound} " if bound in (AT_LEAST, AT_MOST) else ""
    direction = "rise" if percent > 0 else "fall"
    unsure = "" if bound is None or how else " (both values are bounds: the true change is not known)"
    return f"a {direction} of {how}{abs(percent)} %{unsure}"


def joined(parts: list[str]) -> str:
    """Several clauses as one list."""
    return "; ".join(parts)
