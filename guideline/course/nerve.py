"""Reading the nerve: scale by scale, each with its own smallest change that counts.

The best recovery comes 2 to 3 years after the start of treatment (S1, S2). The lag excuses the lack
of a gain; it never excuses a decline.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guideline.course.clocks import days_after, has_been_months
from guideline.course.definitions import Definitions
from guideline.course.history import History, Observation, one_per_day
from guideline.course.lines import Line
from guideline.course.minimal_change import Badness, at_best, at_worst, clearly_better, clearly_worse
from guideline.course.verdicts import (
    BOUND,
    IMPROVED,
    IMPROVING,
    LOST,
    MIXED,
    NO_BASELINE,
    NO_IMPROVEMENT,
    NO_LATER_VALUE,
    NO_TREATMENT,
    NOT_MEASURED,
    STABLE,
    STABLE_AT_MAXIMUM,
    TOO_EARLY,
    WORSE,
    WORSENING,
    Judged,
    not_evaluable,
)
from guideline.entries import Scale

View = Callable[[Observation, Scale], Badness]

LAG, MAXIMUM_EXPECTED, LATE = "lag", "maximum_expected", "late"
_PHASES = (LAG, MAXIMUM_EXPECTED, LATE)
_WORD_OF_PHASE = {LAG: TOO_EARLY, MAXIMUM_EXPECTED: STABLE_AT_MAXIMUM, LATE: NO_IMPROVEMENT}


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """One scale: its baseline, its later values and what they say together."""

    scale: Scale
    values: tuple[Observation, ...]
    baseline: Observation | None
    later: tuple[Observation, ...]
    judged: Judged

    @property
    def newest(self) -> Observation:
        """The last value of all, even one that is too old to be a baseline."""
        return self.values[-1]

    @property
    def latest(self) -> Observation | None:
        """The last value after the start of the line."""
        return self.later[-1] if self.later else None

    @property
    def declined(self) -> bool:
        """Worse than at baseline, or a gain that was lost again."""
        return self.judged.word in (WORSE, LOST)

    @property
    def best_before(self) -> Observation | None:
        """The best value before the latest two, baseline included: what a loss is measured from."""
        earlier = ([] if self.baseline is None else [self.baseline]) + list(self.later[:-1][:-1])
        return min(earlier, key=lambda value: at_best(value, self.scale), default=None)

    @property
    def change(self) -> Decimal | None:
        """Latest minus baseline, in the scale's own points; None where either has no number."""
        if self.baseline is None or self.latest is None or self.baseline.unable or self.latest.unable:
            return None
        return self.latest.number - self.baseline.number


@dataclass(frozen=True, slots=True)
class Nerve:
    """How the nerve reads. ``phase`` is that of the day of reading."""

    phase: str | None
    scales: tuple[ScaleReading, ...]
    judged: Judged

    @property
    def evaluable(self) -> tuple[ScaleReading, ...]:
        """The scales that can be judged."""
        return tuple(s for s in self.scales if s.judged.evaluable)

    @property
    def declined(self) -> tuple[ScaleReading, ...]:
        """The scales that are worse or lost."""
        return tuple(s for s in self.scales if s.declined)

    @property
    def latest_on(self) -> date | None:
        """The day of the last value of any scale that can be judged."""
        return max((s.later[-1].on for s in self.evaluable), default=None)

    @property
    def axis_worsens(self) -> bool:
        """One disability scale, or two others: a single noisy impairment score is not an axis."""
        others = [s for s in self.declined if s.scale.measures != "disability"]
        return len(others) < len(self.declined) or len(others) > 1


def read_nerve(history: History, line: Line | None, rules: Definitions) -> Nerve:
    """The nerve axis on the day of reading; every scale that was ever measured is listed."""
    measured = [(scale, one_per_day(history.of(scale.key))) for scale in rules.scales]
    scales = tuple(_read_scale(scale, values, line, rules) for scale, values in measured if values)
    if line is None:
        return Nerve(None, scales, not_evaluable(NO_TREATMENT))
    phase = phase_on(history.as_of, line, rules)
    return Nerve(phase, scales, _verdict(scales, phase, line, rules))


def phase_on(day: date, line: Line, rules: Definitions) -> str:
    """How much of the nerve's lag had passed on a day."""
    if has_been_months(rules.whole("neuro_late_months"), since=line.start, on=day):
        return LATE
    lag_over = has_been_months(rules.whole("neuro_lag_months"), since=line.start, on=day)
    return MAXIMUM_EXPECTED if lag_over else LAG


def _read_scale(
    scale: Scale, values: list[Observation], line: Line | None, rules: Definitions
) -> ScaleReading:
    if line is None:
        return ScaleReading(scale, tuple(values), None, tuple(values), not_evaluable(NO_TREATMENT))
    first = days_after(line.start, -rules.whole("neuro_baseline_days"))
    baseline = next((v for v in reversed(values) if first <= v.on <= line.start), None)
    later = tuple(v for v in values if v.on > line.start)
    return ScaleReading(scale, tuple(values), baseline, later, _judge(scale, baseline, later))


def _judge(scale: Scale, baseline: Observation | None, later: tuple[Observation, ...]) -> Judged:
    if baseline is None:
        return not_evaluable(NO_BASELINE)
    if not later:
        return not_evaluable(NO_LATER_VALUE)
    # Every bound read once in the patient's favour and once against: the word must not depend on it.
    kindly = _word(scale, baseline, later, now=at_best, then=at_worst)
    harshly = _word(scale, baseline, later, now=at_worst, then=at_best)
    if {kindly, harshly} == {WORSE, LOST}:
        return Judged(LOST)  # a decline that is certain is told, also where its name is not
    return Judged(kindly) if kindly == harshly else not_evaluable(BOUND)


def _word(
    scale: Scale, baseline: Observation, later: tuple[Observation, ...], *, now: View, then: View
) -> str:
    """The scale's word with the latest two values seen by ``now`` and those before them by ``then``."""
    reference, latest = then(baseline, scale), now(later[-1], scale)
    if clearly_worse(latest, reference, scale):
        return WORSE
    if _lost(scale, reference, later, now=now, then=then):
        return LOST
    return IMPROVED if clearly_better(latest, reference, scale) else STABLE


def _lost(scale: Scale, reference: Badness, later: tuple[Observation, ...], *, now: View, then: View) -> bool:
    before_latest = later[:-1]
    if not before_latest:
        return False
    best = min([reference, *(then(value, scale) for value in before_latest[:-1])])
    pair = (before_latest[-1], later[-1])
    return all(clearly_worse(now(value, scale), best, scale) for value in pair)


def _verdict(scales: tuple[ScaleReading, ...], phase: str, line: Line, rules: Definitions) -> Judged:
    evaluable = [s for s in scales if s.judged.evaluable]
    if not evaluable:
        return not_evaluable("no scale with a baseline and a later value")
    improved = any(s.judged.word == IMPROVED for s in evaluable)
    declined = any(s.declined for s in evaluable)
    if improved or declined:
        return Judged(MIXED if improved and declined else IMPROVING if improved else WORSENING)
    measured = phase_on(max(s.later[-1].on for s in evaluable), line, rules)
    if _PHASES.index(phase) > _PHASES.index(measured):
        return Judged(NOT_MEASURED)
    return Judged(_WORD_OF_PHASE[measured])
