"""Units as they are typed and printed, each to its one UCUM code; the factors are the guideline's content.

A closed table: what is not in it is refused. UCUM is case-sensitive, and so are we where case changes the
meaning: ``PG/ML`` is no picogram, ``G/L`` may be grams or 10⁹ cells, so neither is here.
"""

from collections.abc import Iterable
from decimal import Decimal
from types import MappingProxyType

from guideline.entries import Analyte

# UCUM code: as it is shown, then other spellings of the same unit. Micro is written µ (U+00B5) here.
SPELLINGS = MappingProxyType(
    {
        "pg/mL": ("pg/mL", "pg/ml"),
        "ng/L": ("ng/L", "ng/l"),
        "ng/mL": ("ng/mL", "ng/ml"),
        "ug/L": ("µg/L", "µg/l", "ug/l", "mcg/L", "mcg/l"),
        "g/dL": ("g/dL", "g/dl"),
        "g/L": ("g/L", "g/l"),
        "mg/dL": ("mg/dL", "mg/dl"),
        "ng/dL": ("ng/dL", "ng/dl"),
        "ug/dL": ("µg/dL", "µg/dl", "ug/dl", "mcg/dL", "mcg/dl"),
        "pmol/L": ("pmol/L", "pmol/l"),
        "nmol/L": ("nmol/L", "nmol/l"),
        "10*9/L": (
            "10⁹/L",
            "10^9/L",
            "x10^9/L",
            "x10*9/L",
            "×10⁹/L",  # noqa: RUF001 - the sign that reports print
            "x10⁹/L",
            "10E9/L",
            "10e9/L",
            "10⁹/l",
            "10^9/l",
        ),
        "10*3/uL": ("10³/µL", "10^3/µL", "10^3/uL", "x10^3/uL", "x10³/µL", "K/µL", "K/uL"),
        "10*6/mL": ("10⁶/mL", "10^6/mL", "10^6/ml"),
        "10*3/mm3": ("10³/mm³", "10^3/mm3", "10³/mm3"),
        "/uL": ("/µL", "/µl", "/ul", "cells/µL", "cells/uL"),
        "%": ("%",),
        "mm[Hg]": ("mmHg", "mm Hg"),
        "m[IU]/L": ("mIU/L", "mIU/l", "mU/L", "mU/l"),
        "u[IU]/mL": ("µIU/mL", "uIU/mL", "µU/mL", "uU/mL"),
    }
)
GREEK_MU, MICRO = "\N{GREEK SMALL LETTER MU}", "\N{MICRO SIGN}"
CODES = MappingProxyType({spelling: code for code, names in SPELLINGS.items() for spelling in (code, *names)})


class UnitError(ValueError):
    """A unit that does not fit; the message names the ones that do."""


def fitting_unit(analyte: Analyte, typed: str) -> str:
    """The UCUM code of what was typed, "" for an analyte without a unit. Raises UnitError."""
    text = " ".join(typed.replace(GREEK_MU, MICRO).split())
    allowed = units_of(analyte)
    if not allowed:
        if text:
            raise UnitError(f"{analyte.label} has no unit; leave the field empty.")
        return ""
    if not text:
        raise UnitError(f"Give the unit as the report prints it: {listed(allowed)}. None is assumed.")
    code = CODES.get(text)
    if code not in allowed:
        raise UnitError(f"“{text[:40]}” does not fit {analyte.label}; allowed: {listed(allowed)}.")
    return code


def units_of(analyte: Analyte) -> tuple[str, ...]:
    """The UCUM codes a result of this analyte may have, its own first; none for yes or no."""
    return (*analyte.factors, *analyte.kept_units)


def unit_shown(code: str) -> str:
    """The unit as it is read: µg/L for ug/L."""
    return SPELLINGS[code][0] if code in SPELLINGS else code


def in_own_unit(analyte: Analyte, number: Decimal, code: str) -> Decimal | None:
    """The number in the analyte's own unit, exactly; None where the guideline has no factor for the unit."""
    factor = analyte.factors.get(code)
    return None if factor is None else number * factor


def listed(codes: Iterable[str]) -> str:
    """``pg/mL, ng/L or µg/L``."""
    *first, last = [unit_shown(code) for code in codes]
    return f"{', '.join(first)} or {last}" if first else last
