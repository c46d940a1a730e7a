"""The M-protein: has it risen, and how far has it fallen, whatever its bounds allow."""

from collections.abc import Sequence

from guideline.course.bounds import Edge
from guideline.course.clocks import has_been_months
from guideline.course.definitions import Definitions
from guideline.course.history import Observation
from guideline.course.lines import Line
from guideline.course.verdicts import (
    BOUND,
    NONE,
    PARTIAL,
    TOO_EARLY,
    VERY_GOOD_PARTIAL,
    Judged,
    not_evaluable,
)

TOO_SMALL = "baseline too small"


def has_risen(before: Sequence[Observation], latest: Observation, rules: Definitions) -> bool | None:
    """Whether the latest value lies clearly above the lowest before it; None where a bound leaves it open."""
    if not before:
        return False
    surely = _rise_counts(min(v.bounds.high for v in before), latest.bounds.low, rules)
    possibly = _rise_counts(min(v.bounds.low for v in before), latest.bounds.high, rules)
    return surely if surely == possibly else None


def response(baseline: Observation, latest: Observation, line: Line, rules: Definitions) -> Judged:
    """How far the M-protein has fallen, where its baseline was large enough to tell."""
    best = _class_at(baseline.bounds.high, latest.bounds.low, rules)
    worst = _class_at(baseline.bounds.low, latest.bounds.high, rules)
    if best != worst:
        return not_evaluable(BOUND)
    if best == TOO_SMALL:
        return not_evaluable(TOO_SMALL)
    early = not has_been_months(rules.whole("clone_early_months"), since=line.start, on=latest.on)
    return Judged(TOO_EARLY if early and best == NONE else best)


def _rise_counts(lowest: Edge, latest: Edge, rules: Definitions) -> bool:
    by_share = latest >= lowest.times(1 + rules.share("clone_rise_percent"))
    return by_share and latest >= lowest.plus(rules.decimal("clone_rise"))


def _class_at(before: Edge, after: Edge, rules: Definitions) -> str:
    def fell_by(threshold: str) -> bool:
        return after <= before.times(1 - rules.share(threshold))

    def was_at_least(threshold: str) -> bool:
        return before >= Edge(rules.decimal(threshold))

    if was_at_least("clone_vgpr_baseline") and fell_by("clone_vgpr_fall"):
        return VERY_GOOD_PARTIAL
    if not was_at_least("clone_partial_baseline"):
        return TOO_SMALL
    return PARTIAL if fell_by("clone_partial_fall") else NONE
