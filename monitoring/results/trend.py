"""From one value to a later one of the same series: one arrow, one change and one sentence for every place.

The tile, the table, the chart, the board's list and the paper all ask ``trend_of``, so that none of them can
say *down* where another says *no change*. It tells a direction and a size and never whether that is good:
what a change means is the guideline's to say.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guideline.course.bounds import Bounds, bounds_of
from guideline.course.change import bound_of_change, percent_change
from guideline.entries import Scale
from monitoring.results.numbers import shown

UP, DOWN, SAME, UNCERTAIN = "up", "down", "same", "uncertain"
ARROWS = {UP: "↑", DOWN: "↓", SAME: "=", UNCERTAIN: "?"}
WORDS = {UP: "up", DOWN: "down", SAME: "no change", UNCERTAIN: "not comparable: a bound"}
MINUS = "\N{MINUS SIGN}"
POINTS, PERCENT, YES_OR_NO = "points", "percent", "yes_no"


@dataclass(frozen=True)
class Measured:
    """A value as trends compare it: ``value`` is in the analyte's own unit, None for *unable*."""

    value: Decimal | None
    comparator: str
    on: date
    shown: str

    @property
    def unable(self) -> bool:
        return self.value is None

    @property
    def bounds(self) -> Bounds:
        return bounds_of(self.value or Decimal(0), self.comparator or None)


@dataclass(frozen=True)
class Trend:
    """``direction`` names a symbol and a word, ``change`` is "" where no size is known, ``words`` say all."""

    direction: str
    change: str
    words: str

    @property
    def arrow(self) -> str:
        return ARROWS[self.direction]

    @property
    def short(self) -> str:
        """Arrow and change, such as ``↑ +20 %``; where no size is known the arrow alone."""
        return f"{self.arrow} {self.change}".rstrip()


def way_of(scale: Scale | None, *, yes_no: bool = False) -> str:
    """How the changes of a measure are counted: in points on most nerve scales, else in percent."""
    if yes_no:
        return YES_OR_NO
    return POINTS if scale is not None and scale.change_in == "points" else PERCENT


def trend_of(now: Measured, then: Measured, *, way: str = PERCENT, role: str = "before") -> Trend:
    """The change from ``then`` to ``now``; ``role`` is the part of ``then``: baseline, best, before."""
    since = f"from {then.shown} on {then.on:%-d %B} {then.on.year:04} ({role})"
    if now.unable or then.unable:
        return _unable(now, then, since)
    direction = _direction(now.bounds, then.bounds)
    if way == YES_OR_NO:
        turned = f"turned {now.shown}"
        return Trend(direction, "" if direction == SAME else turned, _sentence(direction, turned, since))
    change = (
        "" if direction in (SAME, UNCERTAIN) else _points(now, then) if way == POINTS else _percent(now, then)
    )
    return Trend(direction, change, _sentence(direction, WORDS[direction], since, change))


def _unable(now: Measured, then: Measured, since: str) -> Trend:
    if now.unable and then.unable:
        return Trend(SAME, "", f"still unable, {since}")
    change = "now unable" if now.unable else "able again"
    return Trend(UNCERTAIN, change, f"{change}, {since}")


def _direction(now: Bounds, then: Bounds) -> str:
    """Certain whatever the bounds allow, or not told."""
    if now.low > then.high:
        return UP
    if now.high < then.low:
        return DOWN
    return SAME if now == then and now.low == now.high else UNCERTAIN


def _percent(now: Measured, then: Measured) -> str:
    old, new = then.value or Decimal(0), now.value or Decimal(0)
    percent = percent_change(old, new)
    if percent is None:
        return ""
    bound = bound_of_change(old, then.comparator or None, new, now.comparator or None)
    return f"{_how(bound)}{_signed(percent)} %"


def _points(now: Measured, then: Measured) -> str:
    old, new = then.value or Decimal(0), now.value or Decimal(0)
    bound = bound_of_change(old, then.comparator or None, new, now.comparator or None)
    return f"{_how(bound)}{_signed(new - old)}"


def _how(bound: str | None) -> str:
    return "" if bound is None else f"{bound} "


def _signed(number: Decimal) -> str:
    sign = MINUS if number < 0 else "+" if number > 0 else ""
    return f"{sign}{shown(abs(number))}"


def _sentence(direction: str, word: str, since: str, change: str = "") -> str:
    said = "no change" if direction == SAME else word
    size = change.replace(MINUS, "").replace("+", "")
    return f"{said}{f' {size}' if size else ''}, {since}"
