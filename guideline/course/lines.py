"""Lines of treatment: which treatments belong to one plan.

A planned sequence (induction, transplantation, maintenance) is one line, because its clocks are
one. Whoever enters a treatment is asked; where nobody said, the line is inferred and marked so
that the screen can ask.
"""

from dataclasses import dataclass
from datetime import date

from guideline.course.clocks import days_after
from guideline.course.definitions import Definitions
from guideline.course.history import History, Treatment

DISEASE_DIRECTED = ("radiation", "systemic", "asct")


@dataclass(frozen=True, slots=True)
class Member:
    """A treatment of a line, why it stands there, and whether that was inferred."""

    treatment: Treatment
    because: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Treatments of one plan, in order of start. Never empty."""

    members: tuple[Member, ...]

    @property
    def treatments(self) -> tuple[Treatment, ...]:
        """The treatments, in order of start."""
        return tuple(member.treatment for member in self.members)

    @property
    def start(self) -> date:
        """The day the first treatment started: the line's clocks run from here."""
        return self.members[0].treatment.start

    @property
    def end(self) -> date | None:
        """The day the last treatment ended; None while any is ongoing."""
        return last_end(self.treatments)

    @property
    def inferred(self) -> bool:
        """Whether any treatment stands here because of a rule and not because somebody said so."""
        return any(member.inferred for member in self.members)

    @property
    def radiations(self) -> tuple[Treatment, ...]:
        """The definitive radiations of the line."""
        return tuple(t for t in self.treatments if t.kind == "radiation")

    @property
    def radiation_only(self) -> bool:
        """Whether radiation is all there is."""
        return len(self.radiations) == len(self.members)

    def started_by(self, day: date) -> tuple[Treatment, ...]:
        """The treatments that had started by that day."""
        return tuple(t for t in self.treatments if t.start <= day)


def last_end(treatments: tuple[Treatment, ...]) -> date | None:
    """The latest end, or None while any of the treatments is ongoing."""
    ends = [t.end for t in treatments if t.end is not None]
    return max(ends) if len(ends) == len(treatments) else None


def lines_of(history: History, rules: Definitions) -> tuple[Line, ...]:
    """All lines of treatment, oldest first. Adjunct radiation neither starts nor joins one."""
    lines: list[tuple[Member, ...]] = []
    for treatment in _in_order(history):
        before = tuple(m.treatment for m in lines[-1]) if lines else ()
        because = _why_it_continues(treatment, before, rules)
        inferred = bool(before) and treatment.continues is None
        if because is None:
            lines.append((Member(treatment, "starts a line", inferred),))
        else:
            lines[-1] = (*lines[-1], Member(treatment, because, inferred))
    return tuple(Line(members) for members in lines)


def _in_order(history: History) -> list[Treatment]:
    counted = [t for t in history.treatments if t.kind in DISEASE_DIRECTED and not _is_adjunct(t)]
    return sorted(counted, key=lambda t: (t.start, t.position))


def _is_adjunct(treatment: Treatment) -> bool:
    return treatment.kind == "radiation" and treatment.intent == "adjunct"


def _why_it_continues(treatment: Treatment, line: tuple[Treatment, ...], rules: Definitions) -> str | None:
    if not line or treatment.continues is False:
        return None
    if treatment.continues:
        return "said to continue the plan"
    if treatment.kind == "asct":
        return _why_transplant_continues(treatment, line, rules)
    if treatment.kind == "systemic":
        return _why_drugs_continue(treatment, line, rules)
    return None


def _why_transplant_continues(
    transplant: Treatment, line: tuple[Treatment, ...], rules: Definitions
) -> str | None:
    induction = [t for t in line if t.kind == "systemic"]
    if not induction:
        return None
    last = induction[-1]
    in_time = transplant.start <= days_after(last.start, rules.whole("asct_within_days"))
    if in_time and last.stopped_by(transplant.start) != "progression":
        return "transplantation soon after the start of an induction"
    return None


def _why_drugs_continue(drugs: Treatment, line: tuple[Treatment, ...], rules: Definitions) -> str | None:
    if _follows_without_gap(drugs, line[-1], rules):
        why = _why_the_next_step(drugs, line[-1])
        if why is not None:
            return why
    return _why_one_combination(drugs, line, rules)


def _follows_without_gap(drugs: Treatment, last: Treatment, rules: Definitions) -> bool:
    return last.end is None or drugs.start <= days_after(last.end, rules.whole("line_gap_days"))


def _why_the_next_step(drugs: Treatment, last: Treatment) -> str | None:
    if last.kind == "asct":
        return "treatment soon after a transplantation"
    if last.kind != "systemic":
        return None
    stopped = last.stopped_by(drugs.start)
    if stopped == "completed":
        return "next step after a completed treatment"
    if drugs.name is not None and drugs.name == last.name and stopped != "progression":
        return "the same treatment again"
    return None


def _why_one_combination(drugs: Treatment, line: tuple[Treatment, ...], rules: Definitions) -> str | None:
    first = line[0]
    together = drugs.start <= days_after(first.start, rules.whole("combination_days"))
    stopped = any(t.stopped_by(drugs.start) == "progression" for t in line)
    if first.kind == "systemic" and together and not stopped:
        return "drugs of one combination, entered apart"
    return None
