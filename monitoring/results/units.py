"""Units as they are typed and printed, each to its one UCUM code; the factors are the guideline's content.

A closed table: what is not in it is refused, and the refusal names what is allowed. UCUM is case-sensitive,
and so are we where case changes the meaning: ``PG/ML`` is no picogram (a parser reads peta-gauss in it).

``G/L`` is *giga per litre* on a blood count and a shouted *g/L* on a protein. Where cells are counted only
the first can be meant, so there it is read as 10⁹/L; everywhere else it is refused (a parser reads gauss).
"""

from collections.abc import Iterable, Mapping
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
        "mg/L": ("mg/L", "mg/l"),
        "ug/mL": ("µg/mL", "µg/ml", "ug/ml", "mcg/mL", "mcg/ml"),
        "mg/dL": ("mg/dL", "mg/dl"),
        "ng/dL": ("ng/dL", "ng/dl"),
        "ug/dL": ("µg/dL", "µg/dl", "ug/dl", "mcg/dL", "mcg/dl"),
        "pmol/L": ("pmol/L", "pmol/l"),
        "nmol/L": ("nmol/L", "nmol/l"),
        "10*9/L": (
            "10⁹/L",
            "G/L",
            "G/l",
            "10^9/L",
            "x10^9/L",
            "x10*9/L",
            "×10⁹/L",  # noqa: RUF001 - the sign that reports print
            "x10⁹/L",
            "10E9/L",
            "10e9/L",
            "10⁹/l",
            "10^9/l",
            "10*9/l",
            "x10^9/l",
            "×10^9/L",  # noqa: RUF001 - the same
            "10E+9/L",
            "x10E9/L",
            "Gpt/L",
            "Gpt/l",
            "giga/L",
            "giga/l",
        ),
        "10*3/uL": (
            "10³/µL",
            "10^3/µL",
            "10^3/uL",
            "x10^3/uL",
            "x10^3/µL",
            "x10³/µL",
            "x10*3/uL",
            "10E3/uL",
            "10E3/µL",
            "10e3/µL",
            "x10E3/uL",
            "K/µL",
            "K/uL",
            "k/uL",
            "k/µL",
            "Tsd/µL",
            "Tsd./µL",
        ),
        "10*6/L": ("10⁶/L", "10^6/L", "x10^6/L", "10E6/L"),
        "10*6/mL": ("10⁶/mL", "10^6/mL", "10^6/ml"),
        "10*3/mm3": ("10³/mm³", "10^3/mm3", "10³/mm3"),
        "/uL": ("/µL", "/µl", "/ul", "cells/µL", "cells/uL"),
        "umol/L": ("µmol/L", "µmol/l", "umol/l", "mcmol/L"),
        "mmol/L": ("mmol/L", "mmol/l"),
        "mmol/mol": ("mmol/mol",),
        "mL/min/{1.73_m2}": (
            "mL/min/1.73 m²",
            "mL/min/1.73m²",
            "mL/min/1.73 m2",
            "mL/min/1.73m2",
            "mL/min/1.73.m2",
            "mL/min/1.73_m2",
            "mL/min/1,73 m²",
            "mL/min/1,73m²",
            "mL/min/1,73 m2",
            "mL/min/1,73m2",
            "ml/min/1.73 m²",
            "ml/min/1.73m²",
            "ml/min/1.73 m2",
            "ml/min/1.73m2",
            "ml/min/1,73 m²",
            "ml/min/1,73m²",
            "ml/min/1,73 m2",
            "ml/min/1,73m2",
        ),
        "%": ("%", "% pred", "% predicted", "% of predicted"),
        "1": ("", "ratio", "Ratio"),
        "{ratio}": ("",),
        "L/L": ("L/L", "l/l"),
        "L": ("L", "l"),
        "mL": ("mL", "ml"),
        "kg": ("kg",),
        "g": ("g",),
        "U/L": ("U/L", "U/l", "IU/L", "IU/l"),
        "mmol/min/kPa": ("mmol/min/kPa", "mmol/(min·kPa)", "mmol/kPa/min", "mmol/(min*kPa)"),
        "mL/min/mm[Hg]": ("mL/min/mmHg", "ml/min/mmHg", "mL/mmHg/min"),
        "[IU]/L": ("IU/L", "IU/l", "U/L", "U/l"),
        "m[IU]/mL": ("mIU/mL", "mIU/ml", "mU/mL", "mU/ml"),
        "mm[Hg]": ("mmHg", "mm Hg"),
        "m[IU]/L": ("mIU/L", "mIU/l", "mU/L", "mU/l"),
        "u[IU]/mL": ("µIU/mL", "uIU/mL", "µU/mL", "uU/mL"),
    }
)
GREEK_MU, MICRO = "\N{GREEK SMALL LETTER MU}", "\N{MICRO SIGN}"
# A spelling may belong to two codes (IU/L of an enzyme, of a hormone): the analyte has only one of them.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        spelling: tuple(code for code, names in SPELLINGS.items() if spelling in (code, *names))
        for names in ((code, *names) for code, names in SPELLINGS.items())
        for spelling in names
    }
)
# The unit of a ratio: nothing is printed beside the number.
NO_UNIT = "1"


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
    if not text and analyte.unit == NO_UNIT:
        return NO_UNIT
    if not text:
        raise UnitError(f"Give the unit as the report prints it: {listed(allowed)}. None is assumed.")
    code = next((code for code in CODES.get(text, ()) if code in allowed), None)
    if code is None:
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
    *first, last = dict.fromkeys(unit_shown(code) or "no unit" for code in codes)
    return f"{', '.join(first)} or {last}" if first else last
