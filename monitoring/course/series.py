"""Values that may share a line: the same specimen, laboratory and method, and never anything else."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from guideline.edition import Edition
from monitoring.course.queries import Point
from monitoring.results.presenters import series_shown

# The guideline's upper limit for values whose report printed none, by specimen.
DEFAULT_LIMITS = {"plasma": "vegf_limit_plasma", "serum": "vegf_limit_serum"}


class SeriesKey(NamedTuple):
    specimen: str
    laboratory: str
    method: str

    @property
    def label(self) -> str:
        return series_shown(*self)


@dataclass(frozen=True)
class Series:
    """One line: its points oldest first, and which of them the line goes through (one per day)."""

    key: SeriesKey
    points: tuple[Point, ...]
    counted: frozenset[int]
    default_limit: Decimal | None


def series_of(points: Iterable[Point], edition: Edition) -> list[Series]:
    """The points by series, in the order in which the series begin."""
    groups: dict[tuple[str, str, str], list[Point]] = {}
    for point in points:
        groups.setdefault(point[-3:], []).append(point)
    return [
        Series(SeriesKey(*key), tuple(group), _counted(group), _default_limit(key[0], edition))
        for key, group in groups.items()
    ]


def _counted(points: Iterable[Point]) -> frozenset[int]:
    """The last point of each day; the others are shown beside the line."""
    return frozenset({point.on: point.id for point in points}.values())


def _default_limit(specimen: str, edition: Edition) -> Decimal | None:
    name = DEFAULT_LIMITS.get(specimen)
    return Decimal(edition.number(name)) if name else None
