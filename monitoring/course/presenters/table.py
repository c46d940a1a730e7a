"""The table beside every chart: the same values in rows, newest first, a page at a time, or whole as CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from monitoring.course.courses import Course
from monitoring.course.measures import GROUPS
from monitoring.course.presenters.words import PET_LANE, scan_shown, scan_trend, trend_at, when
from monitoring.course.queries import Point, Scanned
from monitoring.course.series import Series, by_lane, day_of
from monitoring.results.models import Tracer
from monitoring.results.presenters import limits_shown, quantity_shown
from monitoring.results.trend import Trend

PAGE_SIZE = 50
ALL = "all"
HEADERS = [
    *("Collected on", "Known to", "Time", "What", "Value", "In the unit of the chart", "Limits"),
    *("Specimen, laboratory, method", "From baseline", "From best", "Same day, a later value counts"),
]


@dataclass(frozen=True)
class TableLine:
    """One value; ``own`` repeats it in the chart's unit where the report used another, else ""."""

    what: str
    on: date
    collected: str
    at: time | None
    value: str
    own: str
    limits: str
    series: str
    from_baseline: Trend | None
    from_best: Trend | None
    beside_the_line: bool


@dataclass(frozen=True)
class Choice:
    """A lane that the table can show."""

    key: str
    label: str


@dataclass(frozen=True)
class TablePage:
    """One page of ``total`` values; ``first`` is the place of its first, ``older`` starts the next."""

    lines: list[TableLine]
    first: int
    total: int
    older: str

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


Row = tuple[Series, Point] | Scanned


def choices(course: Course) -> list[tuple[str, list[Choice]]]:
    """The lanes that have values, by group."""
    found: dict[str, list[Choice]] = {key: [] for key in GROUPS}
    for lane, several in by_lane(course.series).items():
        measure = several[0].measure
        found[measure.group].append(Choice(lane, measure.title + lane.removeprefix(measure.key)))
    if course.scans:
        found[PET_LANE].append(Choice(PET_LANE, "PET scans"))
    return [(GROUPS[key], several) for key, several in found.items() if several]


def first_lane(course: Course) -> str:
    """The lane shown when nobody asked for one."""
    found = choices(course)
    return found[0][1][0].key if found else ALL


def table_page(course: Course, *, lane: str, after: str = "") -> TablePage:
    """The page of a lane after the value ``after``, or its first. Only its own rows are put into words."""
    rows = _newest_first(course, lane)
    start = next((place + 1 for place, row in enumerate(rows) if _name(row) == after), 0)
    page = rows[start : start + PAGE_SIZE]
    older = _name(page[-1]) if len(rows) > start + PAGE_SIZE else ""
    return TablePage([_line(course, row) for row in page], start + 1, len(rows), older)


def csv_rows(course: Course, *, lane: str = ALL) -> Iterator[Sequence[str]]:
    """A line of headers, then every value of the lane or of all, newest first."""
    yield HEADERS
    for row in _newest_first(course, lane):
        line = _line(course, row)
        yield [
            line.on.isoformat(),
            line.collected if line.collected.startswith("about") else "day",
            f"{line.at:%H:%M}" if line.at else "",
            line.what,
            line.value,
            line.own,
            line.limits,
            line.series,
            line.from_baseline.words if line.from_baseline else "",
            line.from_best.words if line.from_best else "",
            "yes" if line.beside_the_line else "",
        ]


def _newest_first(course: Course, lane: str) -> list[Row]:
    found: list[tuple[tuple[str, str, int], Row]] = [
        ((point.on, point.at or "", point.id), (one, point))
        for one in course.series
        if lane in (ALL, one.lane)
        for point in one.points
    ]
    if lane in (ALL, PET_LANE):
        found += [((scan.scanned_on.isoformat(), "", scan.id), scan) for scan in course.scans]
    return [row for _, row in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _name(row: Row) -> str:
    """What an address calls the row by."""
    return f"scan-{row.id}" if isinstance(row, Scanned) else str(row[1].id)


def _line(course: Course, row: Row) -> TableLine:
    if isinstance(row, Scanned):
        return _scan_line(course, row)
    one, point = row
    reference = course.references.of(one)
    converted = point.value is not None and point.unit != one.unit
    return TableLine(
        what=one.measure.title,
        on=day_of(point),
        collected=when(day_of(point), point.precision),
        at=time.fromisoformat(point.at) if point.at else None,
        value=one.shown(point),
        own=quantity_shown(one.number(point), point.comparator, one.unit) if converted else "",
        limits=limits_shown(_decimal(point.lower), _decimal(point.upper)),
        series=one.key.label,
        from_baseline=trend_at(one, point, reference.baseline, "baseline"),
        from_best=trend_at(one, point, reference.best, "best"),
        beside_the_line=point.id not in one.counted,
    )


def _scan_line(course: Course, scan: Scanned) -> TableLine:
    reference = course.references.pet
    return TableLine(
        what="PET" if scan.tracer == Tracer.FDG else "PET, another tracer",
        on=scan.scanned_on,
        collected=when(scan.scanned_on, scan.scanned_precision),
        at=None,
        value=scan_shown(scan),
        own="",
        limits="",
        series=scan.laboratory,
        from_baseline=scan_trend(scan, reference.baseline, "baseline"),
        from_best=scan_trend(scan, reference.best, "best"),
        beside_the_line=False,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
