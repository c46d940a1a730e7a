"""The clock after radiation: has the disease stabilized 3 to 6 months after the last fraction?

Systemic treatment must not be delayed where it has not (S4). The question is about stability
against progression and not about improvement, which nerves show much later.
"""

from dataclasses import dataclass
from datetime import date

from guideline.course.clocks import has_been_days, has_been_months, months_after
from guideline.course.definitions import Definitions
from guideline.course.history import Treatment
from guideline.course.lines import Line

NOT_FINISHED = "not_finished"
END_MISSING = "end_missing"
RT_TOO_EARLY = "too_early"
WORSE_EARLY = "worse_early"
RT_STABLE = "stable"
SYSTEMIC_INDICATED = "systemic_indicated"
QUESTION_OPEN = "question_open"
RT_OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class RadiationClock:
    """Where the clock stands.

    ``state`` is None where the line does not end in radiation; ``ended_on`` is the last fraction;
    ``open_since`` the start of the earliest radiation whose end is not known; ``answer`` what was
    recorded, and ``counted`` what of it counts (an early *yes* does not).
    """

    state: str | None
    ended_on: date | None = None
    open_since: date | None = None
    answer: bool | None = None
    answered_on: date | None = None
    counted: bool | None = None


def read_radiation(line: Line | None, as_of: date, rules: Definitions) -> RadiationClock:
    """The radiation clock of the current line on the day of reading."""
    if line is None or not line.radiations:
        return RadiationClock(None)
    open_since = min((t.start for t in line.radiations if t.end is None), default=None)
    last = line.treatments[-1]
    if last.kind != "radiation":
        return RadiationClock(None, open_since=open_since)
    if open_since is not None:
        missing = has_been_days(rules.whole("radiation_end_missing_days"), since=open_since, on=as_of)
        state = END_MISSING if missing else NOT_FINISHED
        counted = False if last.stabilized is False else None
        return RadiationClock(state, None, open_since, last.stabilized, last.stabilized_on, counted)
    ended = max(t.end for t in line.radiations if t.end is not None)
    counted = _counted(last, ended, rules)
    state = _state(ended, counted, as_of, rules)
    return RadiationClock(state, ended, None, last.stabilized, last.stabilized_on, counted)


def _counted(radiation: Treatment, ended: date, rules: Definitions) -> bool | None:
    """A *yes* counts only from the first day on which stability may be judged."""
    if radiation.stabilized is not True:
        return radiation.stabilized
    judged_on, first = radiation.stabilized_on, months_after(ended, rules.whole("stability_from_months"))
    return True if judged_on is not None and judged_on >= first else None


def _state(ended: date, stabilized: bool | None, as_of: date, rules: Definitions) -> str:
    if not has_been_months(rules.whole("stability_from_months"), since=ended, on=as_of):
        return WORSE_EARLY if stabilized is False else RT_TOO_EARLY
    if stabilized is not None:
        return RT_STABLE if stabilized else SYSTEMIC_INDICATED
    late = has_been_months(rules.whole("stability_until_months"), since=ended, on=as_of)
    return RT_OVERDUE if late else QUESTION_OPEN
