"""The reading of a course for its panel: each axis with its word, its day, its clock and why it reads so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from approval.standing import content_shown, status_words
from guideline.course.axes import GOOD, POOR, WAITING
from guideline.course.clocks import whole_months
from guideline.course.coming import FINAL, JUDGED, Coming, coming_of
from guideline.course.definitions import Definitions
from guideline.course.reading import Basis, Fact, Reading
from guideline.course.verdicts import CONFIRMED, NOT_EVALUABLE, PROGRESSION, WORSENING
from guideline.edition import Edition
from monitoring.course.courses import CourseRead
from monitoring.course.models import ResponseDecision
from monitoring.course.presenters.axis_words import AXES, RADIATION_WORDS, WORDS
from monitoring.course.presenters.key_values import KeyValue, key_values
from monitoring.course.resting import rests_on
from monitoring.results.units import unit_shown
from patients.presenters.sources import SourceShown, sources_shown

# The badge of a word by its class; an old word is never shown in the colour of a good one.
MARKS = {GOOD: "suitable", WAITING: "info", POOR: "warning"}
NOT_JUDGED = "not-judged"
ALARMING = (PROGRESSION, WORSENING)
COMING = {
    ("vegf", JUDGED): "a missing VEGF response is judged",
    ("clone", JUDGED): "a missing response of the clone is judged",
    ("neuro", JUDGED): "a lack of gain of the nerve is judged",
    ("neuro", FINAL): "the best recovery of the nerve should have come",
    ("pet", JUDGED): "an FDG-PET can be judged",
    ("pet", FINAL): "the FDG-PET should have matured",
    ("radiation", JUDGED): "ask whether the disease has stabilized after radiation",
    ("radiation", FINAL): "the answer after radiation is overdue",
}


@dataclass(frozen=True)
class ThresholdShown:
    label: str
    value: str


@dataclass(frozen=True)
class Why:
    """What is behind a computed word: sentence, rule, numbers, sources, the values with their days.

    ``content`` says which content and who approved it.
    """

    sentence: str
    rule: str
    thresholds: list[ThresholdShown]
    sources: list[SourceShown]
    facts: tuple[Fact, ...]
    content: str


@dataclass(frozen=True)
class DecisionShown:
    """A clinician's word beside the computed one; ``lapsed`` since the axis has other values."""

    decided: str
    computed: str
    reason: str
    by: str
    at: datetime
    lapsed: bool
    confirms: bool


@dataclass(frozen=True)
class AxisShown:
    """One axis. ``rests_on`` is the day of its latest value; ``old`` says that there was none for long.

    ``values`` are its latest values with their change from the baseline.
    """

    key: str
    label: str
    word: str
    mark: str
    reason: str
    rests_on: date | None
    old: bool
    clock: str
    next: str
    extra: str
    why: Why | None
    decision: DecisionShown | None = None
    values: tuple[KeyValue, ...] = ()

    @property
    def said(self) -> str:
        """The word as it may be read: an old one never stands without its day."""
        if self.old and self.rests_on:
            return f"{self.word} on {_day(self.rests_on)}, no value since"
        return self.word


@dataclass(frozen=True)
class Panel:
    """``discordant`` is a sentence, "" where the axes agree; ``coming`` is soonest first."""

    axes: list[AxisShown]
    discordant: str
    classes: list[str]
    why_discordant: Why | None
    coming: list[str]
    content_version: str
    content_status: str
    approved: bool


def panel_of(course: CourseRead, decisions: Sequence[ResponseDecision] = ()) -> Panel:
    """The reading of a course in words; ``decisions`` are the newest of each axis."""
    reading, edition = course.reading, course.edition
    coming = coming_of(reading.axes, Definitions(edition))
    told = {one.axis: one for one in decisions}
    values = key_values(reading, course.history.parsed, edition)
    axes = [replace(_axis(key, course, coming, told.get(key)), values=values[key]) for key in AXES]
    radiation = _radiation(course, coming)
    return Panel(
        axes=[*axes, *([radiation] if radiation else [])],
        discordant=_discordant(edition) if reading.discordant else "",
        classes=[
            f"{axis.label}: {(axis.extra or axis.word).lower()}"
            for axis in axes
            if reading.parts[axis.key].kind
        ],
        why_discordant=_why_discordant(edition) if reading.discordant else None,
        coming=[f"{_day(one.on)}: {COMING[one.axis, one.what]}" for one in coming],
        content_version=edition.version,
        content_status=status_words(edition),
        approved=edition.status == "approved",
    )


def word_of(key: str, reading: Reading) -> str:
    """The computed word of an axis, as the guideline spells it."""
    axes = reading.axes
    judged = {"pet": axes.pet.judged, "neuro": axes.neuro.judged, "clone": axes.clone.judged}
    if key == "vegf":
        return NOT_EVALUABLE if axes.vegf is None else axes.vegf.judged.word
    return judged[key].word


def why(basis: Basis, edition: Edition) -> Why:
    """What stands behind *why?*"""
    return Why(
        sentence=basis.sentence,
        rule=basis.rule_in_words,
        thresholds=[_threshold(key, edition) for key in basis.thresholds],
        sources=sources_shown(basis.sources, edition),
        facts=basis.facts,
        content=content_shown(edition),
    )


def _axis(key: str, course: CourseRead, coming: Sequence[Coming], told: ResponseDecision | None) -> AxisShown:
    part = course.reading.parts[key]
    word = word_of(key, course.reading)
    return AxisShown(
        key=key,
        label=AXES[key],
        word=WORDS[word],
        mark=_mark(word, part.kind, stale=part.stale),
        reason=_reason(key, course.reading),
        rests_on=part.as_of_value,
        old=part.stale,
        clock=_clock(key, course),
        next=_next(key, coming),
        extra=_rising(key, course.reading),
        why=why(part.basis, course.edition),
        decision=_decision(told, course) if told else None,
    )


def _mark(word: str, kind: str | None, *, stale: bool) -> str:
    if stale or kind is None or word == NOT_EVALUABLE:
        return NOT_JUDGED
    return "critical" if word in ALARMING else MARKS[kind]


def _reason(key: str, reading: Reading) -> str:
    axes = reading.axes
    judged = {
        "vegf": axes.vegf.judged if axes.vegf else None,
        "pet": axes.pet.judged,
        "neuro": axes.neuro.judged,
        "clone": axes.clone.judged,
    }[key]
    return (judged.reason if judged else "no value") or ""


def _rising(key: str, reading: Reading) -> str:
    """A rise is told beside the response: it needs no baseline and no phase."""
    if key != "vegf" or reading.axes.rising is None:
        return ""
    return "Rising, confirmed" if reading.axes.rising == CONFIRMED else "Rising, not yet confirmed"


def _clock(key: str, course: CourseRead) -> str:
    """How far the axis's clock has run on the day of reading."""
    axes = course.reading.axes
    if axes.line is None:
        return "no treatment yet"
    if key == "pet" and axes.pet.anchor is not None:
        if axes.pet.anchor > course.on:
            return f"counted from {_day(axes.pet.anchor)}"
        return f"month {whole_months(axes.pet.anchor, course.on)} since {_day(axes.pet.anchor)}"
    number = len(course.reading.lines)
    return f"month {whole_months(axes.line.start, course.on)} of line {number}"


def _next(key: str, coming: Sequence[Coming]) -> str:
    found = next((one for one in coming if one.axis == key), None)
    return f"{_day(found.on)}: {COMING[found.axis, found.what]}" if found else ""


def _radiation(course: CourseRead, coming: Sequence[Coming]) -> AxisShown | None:
    """The clock after radiation, which asks a person and not a laboratory."""
    clock, basis = course.reading.axes.radiation, course.reading.radiation
    if clock.state is None or basis is None:
        return None
    word, mark = RADIATION_WORDS[clock.state]
    since = (
        f"month {whole_months(clock.ended_on, course.on)} since the last fraction" if clock.ended_on else ""
    )
    return AxisShown(
        key="radiation",
        label="After radiation",
        word=word,
        mark=mark,
        reason="",
        rests_on=clock.answered_on,
        old=False,
        clock=since,
        next=_next("radiation", coming),
        extra="",
        why=why(basis, course.edition),
    )


def _decision(told: ResponseDecision, course: CourseRead) -> DecisionShown:
    return DecisionShown(
        decided=WORDS.get(told.decided, told.decided),
        computed=WORDS.get(told.computed, told.computed),
        reason=told.reason,
        by=told.recorded_by.full_name,
        at=told.recorded_at,
        lapsed=told.rests_on != rests_on(told.axis, course.history.parsed, course.edition),
        confirms=told.decided == told.computed,
    )


def _discordant(edition: Edition) -> str:
    return edition.fill(edition.statement("reading-discordant").text, {})


def _why_discordant(edition: Edition) -> Why:
    statement = edition.statement("reading-discordant")
    rule = edition.rule_in_words("reading-discordant")
    return Why("", rule, [], sources_shown(statement.sources, edition), (), content_shown(edition))


def _threshold(key: str, edition: Edition) -> ThresholdShown:
    threshold = edition.threshold(key)
    unit = {"1": "", "mo": "months", "d": "days"}.get(threshold.unit, unit_shown(threshold.unit))
    return ThresholdShown(threshold.label, f"{threshold.value} {unit}".strip())


def _day(day: date) -> str:
    return f"{day:%-d %B} {day.year:04}"
