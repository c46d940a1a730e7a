"""Reading the clone: immunofixation and marrow for its absence, M-protein for its size.

Most patients have a spike too small to measure a response by; that is said, and not called a failure.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guideline.course import m_protein
from guideline.course.change import bound_of_change, percent_change
from guideline.course.clocks import days_after
from guideline.course.definitions import Definitions
from guideline.course.history import History, Observation, one_per_day
from guideline.course.lines import Line
from guideline.course.verdicts import (
    BOUND,
    COMPLETE,
    COMPLETE_UNCONFIRMED,
    NO_TREATMENT,
    PROGRESSION,
    Judged,
    not_evaluable,
)

NO_M_PROTEIN = "no M-protein"


@dataclass(frozen=True, slots=True)
class Assay:
    """A yes-or-no test of the clone: its last result up to the start of the line, and those after."""

    before: Observation | None = None
    later: tuple[Observation, ...] = ()

    @property
    def latest(self) -> Observation | None:
        """The last later result."""
        return self.later[-1] if self.later else None

    def turned(self, *, positive: bool) -> Observation | None:
        """The last opposite result before the latest later one, if that one reads as asked."""
        if self.latest is None or is_positive(self.latest) is not positive:
            return None
        known = ([] if self.before is None else [self.before]) + list(self.later[:-1])
        return next((result for result in reversed(known) if is_positive(result) is not positive), None)


@dataclass(frozen=True, slots=True)
class Clone:
    """How the clone reads, every value it was read from, and those the word rests on."""

    judged: Judged
    immunofixation: Assay = Assay()
    marrow: Assay = Assay()
    baseline: Observation | None = None
    later: tuple[Observation, ...] = ()
    rests_on: tuple[Observation, ...] = ()

    @property
    def latest(self) -> Observation | None:
        """The last later M-protein."""
        return self.later[-1] if self.later else None

    @property
    def latest_on(self) -> date | None:
        """The day of the newest value that the word rests on."""
        return max((value.on for value in self.rests_on), default=None)

    @property
    def change_percent(self) -> Decimal | None:
        """Of the M-protein, from baseline to latest; a fall is negative."""
        if self.baseline is None or self.latest is None:
            return None
        return percent_change(self.baseline.number, self.latest.number)

    @property
    def bound(self) -> str | None:
        """Whether the change is at least or at most the one shown."""
        if self.baseline is None or self.latest is None:
            return None
        old, new = self.baseline, self.latest
        return bound_of_change(old.number, old.comparator, new.number, new.comparator)


def is_positive(result: Observation) -> bool:
    """Whether a 0/1 result reads positive (or clonal)."""
    return result.number == 1


def read_clone(history: History, line: Line | None, rules: Definitions) -> Clone:
    """The clone axis on the day of reading."""
    if line is None:
        return Clone(not_evaluable(NO_TREATMENT))
    immunofixation = _assay(history, "immunofixation", line)
    marrow = _assay(history, "marrow_clonal", line)
    values = one_per_day(history.of("m_protein"))
    first = days_after(line.start, -rules.whole("baseline_days"))
    baseline = next((v for v in reversed(values) if first <= v.on <= line.start), None)
    later = tuple(v for v in values if v.on > line.start)
    judged, rests_on = _judge(
        immunofixation=immunofixation, marrow=marrow, baseline=baseline, later=later, line=line, rules=rules
    )
    return Clone(judged, immunofixation, marrow, baseline, later, _present(rests_on))


def _judge(
    *,
    immunofixation: Assay,
    marrow: Assay,
    baseline: Observation | None,
    later: tuple[Observation, ...],
    line: Line,
    rules: Definitions,
) -> tuple[Judged, tuple[Observation | None, ...]]:
    """The word, and the values that it rests on."""
    latest = later[-1] if later else None
    before = tuple(v for v in (baseline, *later[:-1]) if v is not None)
    risen = m_protein.has_risen(before, latest, rules) if latest is not None else False
    back_after = immunofixation.turned(positive=True)
    if back_after is not None or risen:
        returned = (back_after, immunofixation.latest) if back_after is not None else ()
        return Judged(PROGRESSION), (*returned, *((lowest_of(before), latest) if risen else ()))
    if risen is None:
        return not_evaluable(BOUND), (*before, latest)
    gone_after = immunofixation.turned(positive=False)
    if gone_after is not None and (marrow.latest is None or not is_positive(marrow.latest)):
        word = COMPLETE if marrow.latest is not None else COMPLETE_UNCONFIRMED
        return Judged(word), (gone_after, immunofixation.latest, marrow.latest)
    if baseline is None or latest is None:
        return not_evaluable(NO_M_PROTEIN), (baseline, latest)
    return m_protein.response(baseline, latest, line, rules), (baseline, latest)


def lowest_of(values: tuple[Observation, ...]) -> Observation | None:
    """The value with the lowest number, the earliest of equals."""
    return min(values, key=lambda value: value.number, default=None)


def _assay(history: History, analyte: str, line: Line) -> Assay:
    results = one_per_day(history.of(analyte))
    before = next((r for r in reversed(results) if r.on <= line.start), None)
    return Assay(before, tuple(r for r in results if r.on > line.start))


def _present(values: tuple[Observation | None, ...]) -> tuple[Observation, ...]:
    return tuple(value for value in values if value is not None)
