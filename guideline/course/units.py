"""Units of results: the analyte's own, exactly converted where two units are equal, never guessed."""

from decimal import Decimal

from guideline.edition import Edition
from guideline.entries import Analyte
from guideline.errors import InputError
from guideline.json_input import shown

ONE = Decimal(1)


def unit_and_factor(
    analyte: str, unit: str | None, path: str, edition: Edition
) -> tuple[str | None, Decimal]:
    """The unit to keep a result in, and what to multiply its numbers by to get there.

    Raises ``InputError`` for a unit that is missing, or not equal to the analyte's own. An analyte
    that no rule reads keeps whatever unit its laboratory gave.
    """
    if analyte in edition.scales:
        return _of_a_scale(analyte, unit, path, edition)
    known = edition.analytes.get(analyte)
    if known is None:
        return unit, ONE
    if unit is None and (known.unit is None or known.unit_in_name):
        return known.unit, ONE
    if unit is not None and unit in known.factors:
        return known.unit, known.factors[unit]
    if unit in known.kept_units:
        return unit, ONE
    raise InputError(path, shown(unit), _allowed(known))


def _of_a_scale(analyte: str, unit: str | None, path: str, edition: Edition) -> tuple[str | None, Decimal]:
    """A scale is a score, or measured in the unit that its name states."""
    own = edition.scale(analyte).unit
    if unit is None or unit == own:
        return own, ONE
    allowed = f"{analyte} is a score and has no unit" if own is None else f"{analyte} is measured in {own}"
    raise InputError(path, shown(unit), allowed)


def _allowed(analyte: Analyte) -> str:
    if analyte.unit is None:
        return f"{analyte.key} is 0 or 1 and has no unit"
    units = ", ".join((*analyte.factors, *analyte.kept_units))
    return f"{analyte.key} needs a unit (UCUM, case-sensitive), one of {units}; nothing else is converted"
