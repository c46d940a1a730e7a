"""The values an axis is read by, each with its change: for the overview and the board's list.

From the baseline of the line where there is one, else from the value before; the words are those of every
other page (``monitoring.results.trend``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guideline.course.history import History, Observation
from guideline.course.nerve import ScaleReading
from guideline.course.reading import Reading
from guideline.course.verdicts import IMPROVED
from guideline.edition import Edition
from monitoring.course.references import measured_of
from monitoring.results.pet_presenters import lesions_in_words, measured_total
from monitoring.results.presenters import measure_label
from monitoring.results.trend import PERCENT, YES_OR_NO, Measured, Trend, trend_of, way_of

# Of the nerve kit so many scales are shown, those that got worse first.
MOST_SCALES = 3


@dataclass(frozen=True)
class KeyValue:
    """A value and its change; ``since`` says from what, "" where nothing compares."""

    label: str
    shown: str
    on: date
    trend: Trend | None
    since: str


def key_values(reading: Reading, history: History, edition: Edition) -> Mapping[str, tuple[KeyValue, ...]]:
    """By axis, as seen on the day of reading; nothing where an axis has no value."""
    seen = history.seen_on(reading.as_of)
    return {
        "vegf": tuple(_vegf(reading)),
        "clone": tuple(_clone(reading, seen, edition)),
        "pet": tuple(_pet(reading, seen)),
        "neuro": tuple(_nerve(reading, edition)),
    }


def _vegf(reading: Reading) -> Iterator[KeyValue]:
    series = reading.axes.vegf
    if series is not None:
        baseline = measured_of(series.baseline.observation) if series.baseline else None
        yield _last("VEGF", [measured_of(value.observation) for value in series.values], baseline)


def _clone(reading: Reading, seen: History, edition: Edition) -> Iterator[KeyValue]:
    baseline = reading.axes.clone.baseline
    for analyte, first in (("m_protein", baseline), ("immunofixation", None)):
        way = YES_OR_NO if edition.analytes[analyte].reads == "yes_no" else PERCENT
        values = [measured_of(value, yes_no=way == YES_OR_NO) for value in _by_day(seen.of(analyte))]
        if values:
            compared = measured_of(first) if first else None
            yield _last(measure_label(analyte, edition), values, compared, way=way)


def _pet(reading: Reading, seen: History) -> Iterator[KeyValue]:
    scans = sorted(seen.scans, key=lambda scan: scan.on)
    if not scans:
        return
    baseline = reading.axes.pet.baseline
    compared = measured_total(baseline.sum_suv_max, baseline.on) if baseline else None
    values = [measured_total(scan.sum_suv_max, scan.on) for scan in scans]
    new = ", one new" if scans[-1].new_lesion else ""
    yield _last(f"FDG-PET: {lesions_in_words(scans[-1].avid_lesions)}{new};", values, compared)


def _nerve(reading: Reading, edition: Edition) -> Iterator[KeyValue]:
    scales = sorted(reading.axes.neuro.scales, key=_urgency)
    for scale in scales[:MOST_SCALES]:
        baseline = measured_of(scale.baseline) if scale.baseline else None
        values = [measured_of(value) for value in scale.values]
        yield _last(measure_label(scale.scale.key, edition), values, baseline, way=way_of(scale.scale))


def _urgency(scale: ScaleReading) -> int:
    """What got worse first, then what got better; else in the order of the content."""
    return 0 if scale.declined else 1 if scale.judged.word == IMPROVED else 2


def _last(
    label: str, values: Sequence[Measured], baseline: Measured | None, *, way: str = PERCENT
) -> KeyValue:
    """The last of the values, compared with the baseline or else with the one before it."""
    latest = values[-1]
    if baseline is not None and baseline.on < latest.on:
        trend = trend_of(latest, baseline, way=way, role="baseline")
        return KeyValue(label, latest.shown, latest.on, trend, "baseline")
    if len(values) > 1:
        trend = trend_of(latest, values[-2], way=way)
        return KeyValue(label, latest.shown, latest.on, trend, "the value before")
    return KeyValue(label, latest.shown, latest.on, None, "")


def _by_day(values: Sequence[Observation]) -> Sequence[Observation]:
    """One value a day, oldest first: the later one of a day is the one that counts."""
    return [one for _, one in sorted({value.on: value for value in values}.items())]
