"""The values an axis is read by, each with its changes: for the overview and the board's list.

From the baseline of the line and from the best since, as on the timeline; where there is neither, from the
value before. The words are those of every other page (``monitoring.results.trend``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guideline.course.history import History, Observation
from guideline.course.nerve import ScaleReading
from guideline.course.reading import Reading
from guideline.course.verdicts import IMPROVED
from guideline.edition import Edition
from monitoring.course.references import Reference, References, measured_of, references_of
from monitoring.course.series import SeriesKey
from monitoring.results.pet_presenters import lesions_in_words, measured_total
from monitoring.results.presenters import measure_label
from monitoring.results.trend import PERCENT, YES_OR_NO, Measured, Trend, trend_of, way_of

# Of the nerve kit so many scales are shown, those that got worse first.
MOST_SCALES = 3
BASELINE, BEST, BEFORE = "baseline", "best", "before"
IN_WORDS = {BASELINE: "baseline", BEST: "best", BEFORE: "the value before"}


@dataclass(frozen=True)
class Change:
    """A change, and from what: the baseline, the best or the value before."""

    since: str
    trend: Trend


@dataclass(frozen=True)
class KeyValue:
    """A value and its changes; none where nothing compares."""

    label: str
    shown: str
    on: date
    changes: tuple[Change, ...]


def key_values(reading: Reading, history: History, edition: Edition) -> Mapping[str, tuple[KeyValue, ...]]:
    """By axis, as seen on the day of reading; nothing where an axis has no value."""
    seen, references = history.seen_on(reading.as_of), references_of(reading)
    return {
        "vegf": tuple(_vegf(reading, references)),
        "clone": tuple(_clone(seen, references, edition)),
        "pet": tuple(_pet(seen, references)),
        "neuro": tuple(_nerve(reading, references, edition)),
    }


def _vegf(reading: Reading, references: References) -> Iterator[KeyValue]:
    series = reading.axes.vegf
    if series is not None:
        values = [value.observation for value in series.values]
        reference = references.at("vegf", _key(values[-1]))
        yield _last("VEGF", [measured_of(value) for value in values], reference)


def _clone(seen: History, references: References, edition: Edition) -> Iterator[KeyValue]:
    for analyte in ("m_protein", "immunofixation"):
        values = _by_day(seen.of(analyte))
        if values:
            way = YES_OR_NO if edition.analytes[analyte].reads == "yes_no" else PERCENT
            measured = [measured_of(value, yes_no=way == YES_OR_NO) for value in values]
            reference = references.at(analyte, _key(values[-1]))
            yield _last(measure_label(analyte, edition), measured, reference, way=way)


def _pet(seen: History, references: References) -> Iterator[KeyValue]:
    scans = sorted(seen.scans, key=lambda scan: scan.on)
    if scans:
        new = ", one new" if scans[-1].new_lesion else ""
        label = f"{lesions_in_words(scans[-1].avid_lesions).capitalize()}{new};"
        yield _last(label, [measured_total(scan.sum_suv_max, scan.on) for scan in scans], references.pet)


def _nerve(reading: Reading, references: References, edition: Edition) -> Iterator[KeyValue]:
    scales = sorted(reading.axes.neuro.scales, key=_urgency)
    for scale in scales[:MOST_SCALES]:
        key, values = scale.scale.key, [measured_of(value) for value in scale.values]
        reference = references.at(key, _key(scale.newest))
        yield _last(measure_label(key, edition), values, reference, way=way_of(scale.scale))


def _urgency(scale: ScaleReading) -> int:
    """What got worse first, then what got better; else in the order of the content."""
    return 0 if scale.declined else 1 if scale.judged.word == IMPROVED else 2


def _last(label: str, values: Sequence[Measured], reference: Reference, *, way: str = PERCENT) -> KeyValue:
    """The last of the values with its changes."""
    latest = values[-1]
    roles = ((BASELINE, reference.baseline), (BEST, reference.best))
    compared = [(role, other) for role, other in roles if other is not None and other.on < latest.on]
    if not compared and len(values) > 1:
        compared = [(BEFORE, values[-2])]
    changes = [
        Change(IN_WORDS[role], trend_of(latest, other, way=way, role=role)) for role, other in compared
    ]
    return KeyValue(label, latest.shown, latest.on, tuple(changes))


def _by_day(values: Sequence[Observation]) -> Sequence[Observation]:
    """One value a day, oldest first: the later one of a day is the one that counts."""
    return [one for _, one in sorted({value.on: value for value in values}.items())]


def _key(value: Observation) -> SeriesKey:
    return SeriesKey(value.specimen or "", value.laboratory or "", value.method or "")
