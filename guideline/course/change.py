"""The size of a change: exact for the rules, rounded for the eye."""

from decimal import Context, Decimal
from fractions import Fraction

from guideline.json_input import MAX_DIGITS

# Wide enough for every number the input may hold times a threshold: nothing is rounded before it is compared.
EXACT = Context(prec=MAX_DIGITS + MAX_DIGITS)

PERCENT = Decimal("100")
_SHOWN_STEP = Decimal("0.1")
_HALF = Fraction("0.5")

# How far a comparator says the true value lies from the number written: below it or above it.
_SIDE = {None: 0, "<": -1, "<=": -1, ">": 1, ">=": 1}

AT_LEAST = "at least"
AT_MOST = "at most"
UNCERTAIN = "uncertain"


def percent_change(baseline: Decimal, latest: Decimal) -> Decimal | None:
    """The change in percent of the baseline, rounded half away from zero to one decimal; a fall is negative.

    None where the baseline is zero: there is no percentage of nothing.
    """
    if baseline == 0:
        return None
    exact = (Fraction(latest) - Fraction(baseline)) / Fraction(baseline) * Fraction(PERCENT)
    steps, rest = divmod(abs(exact) / Fraction(_SHOWN_STEP), 1)
    shown = (steps + 1 if rest >= _HALF else steps) * _SHOWN_STEP
    return -shown if exact < 0 < shown else shown


def bound_of_change(
    baseline: Decimal, baseline_comparator: str | None, latest: Decimal, latest_comparator: str | None
) -> str | None:
    """Whether the true size of the fall or rise is at least or at most the one shown.

    None for two exact values; ``uncertain`` where two bounds pull in different directions.
    A change of zero counts as the fall, or the rise, that its bound allows.
    """
    # A baseline that is really higher makes the change lower, hence the sign.
    sides = {_SIDE[latest_comparator], -_SIDE[baseline_comparator]} - {0}
    if not sides:
        return None
    if len(sides) > 1:
        return UNCERTAIN
    side = sides.pop()
    fell = latest < baseline or (latest == baseline and side < 0)
    return AT_LEAST if (side < 0) == fell else AT_MOST
