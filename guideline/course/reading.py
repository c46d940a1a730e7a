"""What a course reads as: plain data from which a screen can walk back to every value, rule and source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from guideline.course.clone import Clone
from guideline.course.imaging import Imaging
from guideline.course.lines import Line
from guideline.course.nerve import Nerve
from guideline.course.radiation import RadiationClock
from guideline.course.vegf import VegfSeries

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")

AXES = ("vegf", "pet", "neuro", "clone")


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated thing that a word or an alert rests on.

    ``item`` is where it stands in the history (``observations[3]``), so that a caller can find its
    own record; ``role`` is the part it plays (baseline, latest, last fraction, ...).
    """

    role: str
    label: str
    shown: str
    on: date
    item: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Why an axis reads as it does: the sentence, the rule, its numbers, its sources, the values.

    ``definition`` is the key of a statement of the edition, ``thresholds`` are keys of its thresholds.
    """

    definition: str
    sentence: str
    rule_in_words: str
    thresholds: tuple[str, ...]
    sources: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """An alert before it is put into words; ``variant`` chooses a wording, ``values`` fills it."""

    id: str
    severity: Severity
    since: date
    facts: tuple[Fact, ...]
    variant: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that asks for attention, with the values and dates it rests on.

    ``since`` is the first day on which it was true, given those values.
    """

    id: str
    severity: Severity
    text: str
    since: date
    rule_in_words: str
    thresholds: tuple[str, ...]
    sources: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Axes:
    """The four axes and the radiation clock, each read by itself, before they are seen together."""

    as_of: date
    line: Line | None
    vegf: VegfSeries | None
    series: tuple[VegfSeries, ...]
    rising: str | None
    pet: Imaging
    neuro: Nerve
    clone: Clone
    radiation: RadiationClock


@dataclass(frozen=True, slots=True)
class Part:
    """What every axis carries: the day its word rests on, whether that is long ago, and why it is so."""

    as_of_value: date | None
    stale: bool
    kind: str | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Reading:
    """A course as read on one day. ``lines`` are all lines of treatment, the current one last."""

    axes: Axes
    lines: tuple[Line, ...]
    parts: Mapping[str, Part]
    radiation: Basis | None
    discordant: bool
    alerts: tuple[Alert, ...]

    @property
    def as_of(self) -> date:
        """The day of reading."""
        return self.axes.as_of

    @property
    def line(self) -> Line | None:
        """The current line."""
        return self.axes.line
