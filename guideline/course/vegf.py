"""Reading the VEGF: one series per specimen, laboratory and method, never joined.

Serum and plasma differ by a factor, so a percentage or a rise is only ever taken within a series.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from guideline.course.bounds import Bounds, Edge
from guideline.course.change import bound_of_change, percent_change
from guideline.course.clocks import days_after, has_been_months, touches
from guideline.course.definitions import Definitions
from guideline.course.history import History, Observation, Treatment, one_per_day
from guideline.course.lines import Line
from guideline.course.verdicts import (
    BASELINE_NORMAL,
    BOUND,
    COMPLETE,
    CONFIRMED,
    NO_BASELINE,
    NO_LATER_VALUE,
    NO_TREATMENT,
    NONE,
    PARTIAL,
    TOO_EARLY,
    UNCONFIRMED,
    Judged,
    not_evaluable,
)

DEFAULT_LIMITS = {"plasma": "vegf_limit_plasma", "serum": "vegf_limit_serum"}


class SeriesKey(NamedTuple):
    """What makes two VEGF values comparable."""

    specimen: str | None
    laboratory: str | None
    method: str | None


@dataclass(frozen=True, slots=True)
class VegfValue:
    """A VEGF result with the limit it is read against.

    ``shadowed``: taken under, or soon after, anti-VEGF therapy, which lowers the number and not the
    disease. Such a value is shown and takes no part in any computation.
    """

    observation: Observation
    limit: Decimal | None
    default_limit: bool
    shadowed: bool

    @property
    def on(self) -> date:
        """The day it was taken."""
        return self.observation.on

    @property
    def position(self) -> int:
        """Its place in the list it came in."""
        return self.observation.position

    @property
    def bounds(self) -> Bounds:
        """The values that the result allows."""
        return self.observation.bounds

    @property
    def surely_above_limit(self) -> bool:
        """Above its limit, whatever its bound allows."""
        return self.limit is not None and self.bounds.surely_above(self.limit)

    @property
    def surely_within_limit(self) -> bool:
        """Within its limit, whatever its bound allows."""
        return self.limit is not None and self.bounds.surely_at_most(self.limit)


@dataclass(frozen=True, slots=True)
class VegfSeries:
    """One series and how it reads. ``later`` and ``counted`` hold no shadowed values.

    ``values`` has one value a day; an earlier one of the same day is ``set_aside``: shown, not used.

    ``counted`` runs from the baseline on (without one, from the first later value): the values a
    rise is looked for in. ``rising`` is told of a stale series too; the reading as a whole then
    says that it *was* rising.
    """

    key: SeriesKey
    values: tuple[VegfValue, ...]
    set_aside: tuple[VegfValue, ...]
    baseline: VegfValue | None
    later: tuple[VegfValue, ...]
    judged: Judged
    rising: str | None
    stale: bool

    @property
    def newest(self) -> VegfValue:
        """The most recent value, shadowed or not."""
        return self.values[-1]

    @property
    def latest(self) -> VegfValue | None:
        """The most recent value that counts, after the start of the line."""
        return self.later[-1] if self.later else None

    @property
    def nadir(self) -> VegfValue | None:
        """The lowest later value, the earliest of equals."""
        return min(self.later, key=_lowness, default=None)

    @property
    def counted(self) -> tuple[VegfValue, ...]:
        """The values that a rise is looked for in."""
        return _counted(self.baseline, self.later)

    @property
    def change_percent(self) -> Decimal | None:
        """From baseline to latest; a fall is negative."""
        if self.baseline is None or self.latest is None:
            return None
        return percent_change(self.baseline.observation.number, self.latest.observation.number)

    @property
    def bound(self) -> str | None:
        """Whether the change is at least or at most the one shown."""
        if self.baseline is None or self.latest is None:
            return None
        old, new = self.baseline.observation, self.latest.observation
        return bound_of_change(old.number, old.comparator, new.number, new.comparator)

    @property
    def default_limit(self) -> bool:
        """Whether the baseline or the latest value came without a limit of its own."""
        return any(v is not None and v.default_limit for v in (self.baseline, self.latest))


def read_series(history: History, line: Line | None, rules: Definitions) -> tuple[VegfSeries, ...]:
    """Every VEGF series, read by itself: what another series holds plays no part."""
    by_key: dict[SeriesKey, list[Observation]] = {}
    for value in history.of("vegf"):
        by_key.setdefault(SeriesKey(value.specimen, value.laboratory, value.method), []).append(value)
    anti_vegf = [t for t in history.treatments if t.kind == "anti_vegf"]
    ordered = sorted(by_key, key=lambda key: [part or "" for part in key])
    return tuple(
        _read_one(key, [_value(o, anti_vegf, rules) for o in by_key[key]], line, history.as_of, rules)
        for key in ordered
    )


def primary_of(series: Sequence[VegfSeries]) -> VegfSeries | None:
    """The series to show: fresh and evaluable ones first, then the one measured last."""
    fresh = [s for s in series if s.judged.evaluable and not s.stale]
    return max(fresh or series, key=_recency, default=None)


def strongest_rise(series: Sequence[VegfSeries]) -> str | None:
    """The strongest rise among the series that are not stale."""
    rises = {s.rising for s in series if not s.stale}
    return next((rise for rise in (CONFIRMED, UNCONFIRMED) if rise in rises), None)


def _recency(series: VegfSeries) -> tuple[date, bool, int]:
    newest = series.newest
    return newest.on, series.key.specimen == "plasma", newest.position


def _value(observation: Observation, anti_vegf: list[Treatment], rules: Definitions) -> VegfValue:
    limit, default = observation.upper_limit, False
    if limit is None and observation.specimen in DEFAULT_LIMITS:
        limit, default = rules.decimal(DEFAULT_LIMITS[observation.specimen]), True
    shadowed = any(_casts_shadow(t, observation.on, rules) for t in anti_vegf)
    return VegfValue(observation, limit, default, shadowed)


def _casts_shadow(anti_vegf: Treatment, on: date, rules: Definitions) -> bool:
    first = days_after(on, -rules.whole("anti_vegf_days"))
    return touches(anti_vegf.start, anti_vegf.end, first=first, last=on)


def _read_one(
    key: SeriesKey, measured: list[VegfValue], line: Line | None, as_of: date, rules: Definitions
) -> VegfSeries:
    values = tuple(one_per_day(measured))
    used = {value.position for value in values}
    counting = [v for v in values if not v.shadowed]
    later = tuple(v for v in counting if line is None or v.on > line.start)
    baseline = _baseline(counting, line, rules)
    stale = bool(later) and has_been_months(rules.whole("stale_months"), since=later[-1].on, on=as_of)
    return VegfSeries(
        key=key,
        values=values,
        set_aside=tuple(v for v in measured if v.position not in used),
        baseline=baseline,
        later=later,
        judged=_judge(key=key, values=values, baseline=baseline, later=later, line=line, rules=rules),
        rising=_rising(_counted(baseline, later), bool(later), rules),
        stale=stale,
    )


def _baseline(counting: list[VegfValue], line: Line | None, rules: Definitions) -> VegfValue | None:
    if line is None:
        return None
    first = days_after(line.start, -rules.whole("baseline_days"))
    return next((v for v in reversed(counting) if first <= v.on <= line.start), None)


def _judge(
    *,
    key: SeriesKey,
    values: tuple[VegfValue, ...],
    baseline: VegfValue | None,
    later: tuple[VegfValue, ...],
    line: Line | None,
    rules: Definitions,
) -> Judged:
    if line is None:
        return not_evaluable(NO_TREATMENT)
    if key.specimen not in DEFAULT_LIMITS:
        return not_evaluable("specimen")
    if baseline is None:
        return not_evaluable(NO_BASELINE)
    if not any(v.on > line.start for v in values):
        return not_evaluable(NO_LATER_VALUE)
    if not later:
        return not_evaluable("anti-VEGF therapy")
    return _response(baseline, later[-1], line, rules)


def _response(baseline: VegfValue, latest: VegfValue, line: Line, rules: Definitions) -> Judged:
    early = not has_been_months(rules.whole("vegf_early_months"), since=line.start, on=latest.on)
    best = _class_at(baseline, baseline.bounds.high, latest, latest.bounds.low, rules)
    worst = _class_at(baseline, baseline.bounds.low, latest, latest.bounds.high, rules)
    classes = {TOO_EARLY if early and c in (PARTIAL, NONE) else c for c in (best, worst)}
    if len(classes) > 1:
        return not_evaluable(BOUND)
    only = classes.pop()
    return not_evaluable(BASELINE_NORMAL) if only == BASELINE_NORMAL else Judged(only)


def _class_at(baseline: VegfValue, before: Edge, latest: VegfValue, after: Edge, rules: Definitions) -> str:
    if baseline.limit is None or before <= Edge(baseline.limit):
        return BASELINE_NORMAL
    if latest.limit is not None and after <= Edge(latest.limit):
        return COMPLETE
    return PARTIAL if after <= before.times(1 - rules.share("vegf_partial_fall")) else NONE


def _counted(baseline: VegfValue | None, later: tuple[VegfValue, ...]) -> tuple[VegfValue, ...]:
    return later if baseline is None else (baseline, *later)


def _rising(counted: tuple[VegfValue, ...], any_later: bool, rules: Definitions) -> str | None:
    if not any_later or not _has_risen(counted, rules):
        return None
    return CONFIRMED if _has_risen(counted[:-1], rules) else UNCONFIRMED


def _has_risen(values: tuple[VegfValue, ...], rules: Definitions) -> bool:
    """Whether the last of the values is surely raised against the lowest of those before it."""
    *before, last = values
    if not before or not last.surely_above_limit:
        return False
    lowest_at_most = min(v.bounds.high for v in before)
    return last.bounds.low >= lowest_at_most.times(rules.decimal("vegf_rise"))


def _lowness(value: VegfValue) -> Edge:
    """Of two equal numbers the one written with ``<`` is the lower, the one with ``>`` the higher."""
    return Edge(value.observation.number, _LEAN[value.observation.comparator])


_LEAN = {"<": -1, "<=": -1, None: 0, ">=": 0, ">": 1}
