"""The timeline in words: for each line of the chart its latest value and where it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from monitoring.course.courses import Course
from monitoring.course.measures import GROUPS
from monitoring.course.queries import Point, Scanned
from monitoring.course.references import Reference
from monitoring.course.series import Series, by_lane, day_of
from monitoring.results.numbers import shown
from monitoring.results.pet_presenters import lesions_in_words, measured_total
from monitoring.results.trend import Measured, Trend, trend_of
from patients.partial_dates import PartialDate, Precision

PET_LANE = "pet"


@dataclass(frozen=True)
class LaneInWords:
    """One line of the chart. ``place`` picks its colour and shape; a trend is None where nothing compares."""

    lane: str
    place: int
    title: str
    label: str
    latest: str
    when: str
    count: int
    from_baseline: Trend | None
    from_best: Trend | None
    from_before: Trend | None

    @property
    def trend(self) -> Trend | None:
        """The one to show where there is room for one."""
        return self.from_baseline or self.from_before


@dataclass(frozen=True)
class GroupInWords:
    """The lines of one part of the chart under its heading."""

    key: str
    label: str
    lines: tuple[LaneInWords, ...]


def in_words(course: Course) -> list[GroupInWords]:
    """Every line of the chart by group, in its order; groups without a value are left out."""
    found: dict[str, list[LaneInWords]] = {key: [] for key in GROUPS}
    for lane, several in by_lane(course.series).items():
        for place, one in enumerate(several):
            found[one.measure.group].append(_line(lane, place, one, course.references.of(one)))
    found[PET_LANE] += _scans(course.scans, course.references.pet)
    return [GroupInWords(key, GROUPS[key], tuple(lines)) for key, lines in found.items() if lines]


def when(day: date, precision: str = Precision.DAY) -> str:
    """``5 Jan 2026``, or ``about Jan 2026`` where no more is known."""
    about = "about " if precision in (Precision.MONTH, Precision.YEAR) else ""
    return f"{about}{PartialDate(day, precision if about else Precision.DAY)}"


def trend_at(one: Series, point: Point, other: Measured | None, role: str) -> Trend | None:
    """The change from ``other`` to this point; None where there is nothing earlier to compare with."""
    if other is None or other.on >= day_of(point):
        return None
    return trend_of(one.measured(point), other, way=one.measure.way, role=role)


def _line(lane: str, place: int, one: Series, reference: Reference) -> LaneInWords:
    latest = one.through[-1]
    before = one.measured(one.through[-2]) if len(one.through) > 1 else None
    return LaneInWords(
        lane=lane,
        place=place,
        title=one.measure.title,
        label=one.key.label,
        latest=one.shown(latest),
        when=when(day_of(latest), latest.precision),
        count=len(one.points),
        from_baseline=trend_at(one, latest, reference.baseline, "baseline"),
        from_best=trend_at(one, latest, reference.best, "best"),
        from_before=trend_at(one, latest, before, "before"),
    )


def _scans(scans: Sequence[Scanned], reference: Reference) -> Iterator[LaneInWords]:
    if not scans:
        return
    latest = scans[-1]
    yield LaneInWords(
        lane=PET_LANE,
        place=0,
        title="Summed SUVmax, avid lesions",
        label="",
        latest=scan_shown(latest),
        when=when(latest.scanned_on, latest.scanned_precision),
        count=len(scans),
        from_baseline=scan_trend(latest, reference.baseline, "baseline"),
        from_best=scan_trend(latest, reference.best, "best"),
        from_before=None,
    )


def scan_shown(scan: Scanned) -> str:
    """``14.2, 2 lesions, one new``."""
    total = "not known" if scan.total is None else shown(scan.total)
    count = "lesions not counted" if scan.avid_lesions is None else lesions_in_words(scan.avid_lesions)
    return ", ".join([total, count, *(["one new"] if scan.new_lesion else [])])


def scan_trend(scan: Scanned, other: Measured | None, role: str) -> Trend | None:
    """Of the summed SUVmax."""
    if other is None or scan.total is None or other.on >= scan.scanned_on:
        return None
    return trend_of(measured_total(scan.total, scan.scanned_on), other, role=role)
