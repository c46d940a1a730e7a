"""A course the size of a stamp: VEGF on a log axis over the treatments, as points a template draws."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guideline.course.reading import Reading
from guideline.course.vegf import VegfSeries

WIDTH, HEIGHT, BARS = 280, 74, 14
LEAST_SPAN = 30
LEAST_BAND = 4.0
FLOOR = 1.0


@dataclass(frozen=True)
class Line:
    """``points`` as an SVG polyline takes them; ``place`` picks the dash.

    ``normal`` is what the laboratory calls normal, over the time of these values only: left, top, width.
    """

    points: str
    last: tuple[float, float]
    place: int
    normal: tuple[float, float, float] | None


@dataclass(frozen=True)
class Thumbnail:
    """``bars`` are left and width."""

    lines: list[Line]
    bars: list[tuple[float, float]]
    said: str


def thumbnail_of(reading: Reading) -> Thumbnail | None:
    """None where there is no VEGF to draw."""
    series = [one for one in reading.axes.series if one.values]
    if not series:
        return None
    x = _across(series, reading)
    y = _down(series)
    return Thumbnail(
        lines=[_line(place, one, x, y) for place, one in enumerate(series)],
        bars=[
            (x(one.start), max(x(one.end or reading.as_of) - x(one.start), 2.0))
            for line in reading.lines
            for one in line.treatments
        ],
        said=f"VEGF from {_day(min(one.values[0].on for one in series))} to {_day(max(_days(series)))}",
    )


def _line(place: int, one: VegfSeries, x: "_Axis", y: "_Scale") -> Line:
    points = [(x(value.on), y(float(value.observation.number))) for value in one.values]
    first, last, limit = points[0][0], points[-1][0], one.newest.limit
    normal = None if limit is None else (first, y(float(limit)), max(round(last - first, 1), LEAST_BAND))
    return Line(" ".join(f"{left},{top}" for left, top in points), points[-1], place, normal)


class _Axis:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.days = first, max((last - first).days, LEAST_SPAN)

    def __call__(self, day: date) -> float:
        return round(4 + (day - self.first).days / self.days * (WIDTH - 8), 1)


class _Scale:
    def __init__(self, low: float, high: float) -> None:
        self.low, self.span = math.log10(low), max(math.log10(high) - math.log10(low), 0.5)

    def __call__(self, number: float) -> float:
        share = (math.log10(max(number, FLOOR)) - self.low) / self.span
        return round(HEIGHT - BARS - 6 - min(max(share, 0.0), 1.0) * (HEIGHT - BARS - 12), 1)


def _across(series: Sequence[VegfSeries], reading: Reading) -> _Axis:
    starts = [treatment.start for line in reading.lines for treatment in line.treatments]
    return _Axis(min([*starts, *_days(series)]), reading.as_of)


def _down(series: Sequence[VegfSeries]) -> _Scale:
    numbers = [max(float(value.observation.number), FLOOR) for one in series for value in one.values]
    limits = [float(value.limit) for one in series for value in one.values if value.limit]
    return _Scale(min([*numbers, *limits]), max([*numbers, *limits]))


def _days(series: Sequence[VegfSeries]) -> list[date]:
    return [value.on for one in series for value in one.values]


def _day(day: date) -> str:
    return f"{day:%b} {day.year:04}"
