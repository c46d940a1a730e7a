"""The words that the four axes are read in. They are also the words of the JSON reading."""

from dataclasses import dataclass

COMPLETE = "complete"
COMPLETE_UNCONFIRMED = "complete_unconfirmed"
VERY_GOOD_PARTIAL = "very_good_partial"
PARTIAL = "partial"
NONE = "none"
PROGRESSION = "progression"
TOO_EARLY = "too_early_to_judge"
MAY_STILL_MATURE = "may_still_mature"
NOT_DONE = "not_done"
NOT_EVALUABLE = "not_evaluable"

IMPROVING = "improving"
WORSENING = "worsening"
MIXED = "mixed"
NOT_MEASURED = "not_measured"
STABLE_AT_MAXIMUM = "stable_at_expected_maximum"
NO_IMPROVEMENT = "no_improvement"

WORSE = "worse"
LOST = "lost"
IMPROVED = "improved"
STABLE = "stable"

CONFIRMED = "confirmed"
UNCONFIRMED = "unconfirmed"

NO_TREATMENT = "no treatment"
NO_BASELINE = "no baseline"
NO_LATER_VALUE = "no later value"
BASELINE_NORMAL = "baseline normal"
BOUND = "bound"


@dataclass(frozen=True, slots=True)
class Judged:
    """A word for an axis, and the reason where it could not be judged."""

    word: str
    reason: str | None = None

    @property
    def evaluable(self) -> bool:
        """Whether there was enough to judge by."""
        return self.word != NOT_EVALUABLE


def not_evaluable(reason: str) -> Judged:
    """What cannot be judged, and why."""
    return Judged(NOT_EVALUABLE, reason)
