"""What a value is compared with: the baseline and the best that the reading of the course found.

Nothing is decided here. A series that the reading does not follow has neither; it is compared with the value
before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guideline.course.history import Observation, Scan
from guideline.course.minimal_change import at_best
from guideline.course.nerve import ScaleReading
from guideline.course.reading import Reading
from monitoring.course.series import Series, SeriesKey
from monitoring.results.pet_presenters import measured_total
from monitoring.results.presenters import quantity_shown
from monitoring.results.trend import Measured

# A measure with its series; of what is read across laboratories every series has the same.
Place = tuple[str, SeriesKey | None]


@dataclass(frozen=True)
class Reference:
    """The value up to the start of the line, and the best one after it."""

    baseline: Measured | None
    best: Measured | None


NOTHING = Reference(None, None)


@dataclass(frozen=True)
class References:
    """The references of a course by place."""

    found: Mapping[Place, Reference]

    def of(self, series: Series) -> Reference:
        """What the values of this series are compared with; other units are not compared."""
        if series.unit != series.measure.unit:
            return NOTHING
        return self.at(series.measure.key, series.key)

    def at(self, measure: str, key: SeriesKey) -> Reference:
        """What a value of the measure in the series ``key`` is compared with."""
        return self.found.get((measure, _normal(*key))) or self.found.get((measure, None)) or NOTHING

    @property
    def pet(self) -> Reference:
        return self.found.get(("pet", None), NOTHING)


def references_of(reading: Reading) -> References:
    return References(dict(_found(reading)))


def _found(reading: Reading) -> Iterator[tuple[Place, Reference]]:
    axes = reading.axes
    if axes.line is None:
        return
    for series in axes.series:
        baseline, nadir = series.baseline, series.nadir
        pair = Reference(
            _measured(baseline.observation if baseline else None),
            _measured(nadir.observation if nadir else None),
        )
        yield ("vegf", _normal(*(part or "" for part in series.key))), pair
    clone = axes.clone
    lowest = min(clone.later, key=lambda value: value.number, default=None)
    yield ("m_protein", None), Reference(_measured(clone.baseline), _measured(lowest))
    for scale in axes.neuro.scales:
        newest = scale.newest
        key = _normal(newest.specimen or "", newest.laboratory or "", newest.method or "")
        yield (scale.scale.key, key), Reference(_measured(scale.baseline), _measured(_best(scale)))
    scans = [read.scan for read in axes.pet.scans]
    least = min(scans, key=lambda scan: scan.sum_suv_max, default=None)
    yield ("pet", None), Reference(_scanned(axes.pet.baseline), _scanned(least))


def _best(scale: ScaleReading) -> Observation | None:
    return min(scale.later, key=lambda value: at_best(value, scale.scale), default=None)


def _normal(specimen: str, laboratory: str, method: str) -> SeriesKey:
    return SeriesKey("" if specimen == "unknown" else specimen, laboratory, method)


def measured_of(value: Observation, *, yes_no: bool = False) -> Measured:
    """A value of the guideline's history as trends compare it."""
    sign, unit = value.comparator or "", value.unit or ""
    said = quantity_shown(value.value, sign, unit, unable=value.unable, yes_no=yes_no)
    return Measured(value.value, sign, value.on, said)


def _measured(value: Observation | None) -> Measured | None:
    return None if value is None else measured_of(value)


def _scanned(scan: Scan | None) -> Measured | None:
    return None if scan is None else measured_total(scan.sum_suv_max, scan.on)
