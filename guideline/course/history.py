"""What is known of one patient's course, as frozen facts.

A history is made by ``guideline.course.history_json.parse_history`` from JSON, or directly by a
caller that has already checked its own records. Values are in their analyte's own unit; positions
are places in the list the facts came in, which settle what happened later on one day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Protocol, TypeVar

from guideline.course.bounds import Bounds, bounds_of

TREATMENT_KINDS = ("radiation", "systemic", "asct", "anti_vegf", "supportive")
RADIATION_INTENTS = ("definitive", "adjunct")
STOP_REASONS = ("completed", "toxicity", "progression", "wish", "other")


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment given. ``end`` None means ongoing; for radiation it is the last fraction.

    ``stabilized`` answers, for radiation, whether the disease had stabilized on ``stabilized_on``;
    ``continues`` says whether the treatment belongs to the plan of the one before it (None: not said).
    """

    position: int
    kind: str
    name: str | None
    start: date
    end: date | None = None
    intent: str | None = None
    stop_reason: str | None = None
    stabilized: bool | None = None
    stabilized_on: date | None = None
    continues: bool | None = None
    neurotoxic: bool | None = None

    @property
    def label(self) -> str:
        """What to call it in a sentence: its name, or its kind where no name was given."""
        return (self.name or self.kind).replace("_", " ")

    def stopped_by(self, day: date) -> str | None:
        """The reason it was stopped for, if it had ended by that day: later knowledge does not count."""
        return self.stop_reason if self.end is not None and self.end <= day else None


@dataclass(frozen=True)
class Observation:
    """One result, in its analyte's own unit. ``value`` is None only where ``unable`` is true."""

    position: int
    analyte: str
    on: date
    value: Decimal | None
    comparator: str | None = None
    unit: str | None = None
    specimen: str | None = None
    laboratory: str | None = None
    method: str | None = None
    lower_limit: Decimal | None = None
    upper_limit: Decimal | None = None
    unable: bool = False

    @property
    def number(self) -> Decimal:
        """The number as written, without its comparator. Ask only of a result that has one."""
        if self.value is None:
            raise ValueError(f"{self.analyte} of {self.on}: the patient was unable, there is no number")
        return self.value

    @cached_property
    def bounds(self) -> Bounds:
        """The values that the result allows."""
        return bounds_of(self.number, self.comparator)


@dataclass(frozen=True, slots=True)
class Scan:
    """One FDG-PET: avid lesions, their summed SUVmax, and whether a lesion was called new."""

    position: int
    on: date
    sum_suv_max: Decimal
    avid_lesions: int
    new_lesion: bool | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A time of thromboprophylaxis; ``end`` None means ongoing."""

    start: date
    end: date | None = None


@dataclass(frozen=True)
class History:
    """All that was known of a patient, and the day it is read on."""

    as_of: date
    treatments: tuple[Treatment, ...] = ()
    observations: tuple[Observation, ...] = ()
    scans: tuple[Scan, ...] = ()
    thromboprophylaxis: tuple[Period, ...] = ()

    def seen_on(self, day: date) -> "History":
        """The same history as it stood on ``day``: later items gone, later ends and answers unwritten."""
        return History(
            as_of=day,
            treatments=tuple(_unwrite(t, day) for t in self.treatments if t.start <= day),
            observations=tuple(o for o in self.observations if o.on <= day),
            scans=tuple(s for s in self.scans if s.on <= day),
            thromboprophylaxis=tuple(
                Period(p.start, _known_end(p.end, day)) for p in self.thromboprophylaxis if p.start <= day
            ),
        )

    def of(self, analyte: str) -> tuple[Observation, ...]:
        """The observations of an analyte, in the order of the list."""
        return self._by_analyte.get(analyte, ())

    @cached_property
    def _by_analyte(self) -> dict[str, tuple[Observation, ...]]:
        found: dict[str, list[Observation]] = {}
        for observation in self.observations:
            found.setdefault(observation.analyte, []).append(observation)
        return {analyte: tuple(observations) for analyte, observations in found.items()}


def _known_end(end: date | None, day: date) -> date | None:
    return end if end is not None and end <= day else None


def _unwrite(treatment: Treatment, day: date) -> Treatment:
    answered_later = treatment.stabilized_on is not None and treatment.stabilized_on > day
    return replace(
        treatment,
        end=_known_end(treatment.end, day),
        stabilized=None if answered_later else treatment.stabilized,
        stabilized_on=None if answered_later else treatment.stabilized_on,
    )


class Dated(Protocol):
    """Anything with a day and a place in its list."""

    @property
    def on(self) -> date:
        """The day it was taken."""

    @property
    def position(self) -> int:
        """Its place in the list it came in."""


Item = TypeVar("Item", bound=Dated)


def one_per_day(items: Iterable[Item]) -> list[Item]:
    """The items of one series in order of time, the later of two on one day alone."""
    latest: dict[date, Item] = {}
    for item in sorted(items, key=lambda i: i.position):
        latest[item.on] = item
    return [latest[day] for day in sorted(latest)]
