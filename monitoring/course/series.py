"""Values that may share a line: one measure in one unit, of the same specimen, laboratory and method."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from guideline.edition import Edition
from monitoring.course.measures import Measure, measures
from monitoring.course.queries import Point
from monitoring.results.numbers import shown
from monitoring.results.presenters import quantity_shown, series_shown
from monitoring.results.trend import YES_OR_NO, Measured
from monitoring.results.units import unit_shown

# The guideline's upper limit for values whose report printed none, by specimen.
DEFAULT_LIMITS = {"plasma": "vegf_limit_plasma", "serum": "vegf_limit_serum"}


class SeriesKey(NamedTuple):
    specimen: str
    laboratory: str
    method: str

    @property
    def label(self) -> str:
        """What sets the line apart; "" for an examination at the bedside whose version nobody noted."""
        return series_shown(*self) if any(self) else ""


@dataclass(frozen=True)
class Series:
    """One line: its points oldest first, and which of them the line goes through (one per day).

    ``unit`` is the one that the numbers of its axis have: the measure's own, or a reported one that nothing
    converts. Two units never share an axis, so ``lane`` names both.
    """

    measure: Measure
    unit: str
    key: SeriesKey
    points: tuple[Point, ...]
    counted: frozenset[int]
    default_limit: Decimal | None

    @property
    def lane(self) -> str:
        own = self.unit == self.measure.unit
        return self.measure.key if own else f"{self.measure.key} {unit_shown(self.unit)}"

    def number(self, point: Point) -> Decimal | None:
        """The value on the axis; None where the patient was unable."""
        return None if point.value is None else Decimal(point.value) * self.measure.factors.get(point.unit, 1)

    @cached_property
    def through(self) -> tuple[Point, ...]:
        """The points that the line goes through."""
        return tuple(point for point in self.points if point.id in self.counted)

    def measured(self, point: Point) -> Measured:
        """A point as trends compare it."""
        return Measured(self.number(point), point.comparator, day_of(point), self.shown(point))

    def shown(self, point: Point) -> str:
        value = None if point.value is None else Decimal(point.value)
        if value is not None and self.measure.way == YES_OR_NO:
            return self.measure.words.get(int(value), shown(value))
        return quantity_shown(value, point.comparator, point.unit, unable=value is None)


def series_of(points: Iterable[Point], edition: Edition) -> list[Series]:
    """The points by series: in the order of the lanes, within one in the order in which the series begin.

    A measure the timeline knows nothing of has no lane.
    """
    known = measures(edition)
    groups: dict[tuple[str, str, str, str, str], list[Point]] = {}
    own = {(key, unit): measure.unit for key, measure in known.items() for unit in measure.factors}
    for point in points:
        unit = own.get((point.analyte, point.unit), point.unit)
        groups.setdefault((point.analyte, unit, *point[-3:]), []).append(point)
    found = [_series(known[key[0]], key, group, edition) for key, group in groups.items() if key[0] in known]
    order = {key: place for place, key in enumerate(known)}
    return sorted(found, key=lambda one: (order[one.measure.key], one.unit != one.measure.unit))


def by_lane(series: Iterable[Series]) -> Mapping[str, list[Series]]:
    lanes: dict[str, list[Series]] = {}
    for one in series:
        lanes.setdefault(one.lane, []).append(one)
    return lanes


def day_of(point: Point) -> date:
    return date.fromisoformat(point.on)


def _series(
    measure: Measure, key: tuple[str, str, str, str, str], points: list[Point], edition: Edition
) -> Series:
    counted = frozenset({point.on: point.id for point in points}.values())
    limit = _default_limit(key[2], edition) if measure.key == "vegf" else None
    return Series(measure, key[1], SeriesKey(*key[2:]), tuple(points), counted, limit)


def _default_limit(specimen: str, edition: Edition) -> Decimal | None:
    name = DEFAULT_LIMITS.get(specimen)
    return Decimal(edition.number(name)) if name else None
