"""What each answer to an unknown fact would make of the decision, everything else as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guideline.edition import Edition
from guideline.facts import Case, FactValue
from guideline.missing import trial_values
from guideline.rules.options import OPTIONS
from guideline.rules.pathway import find
from guideline.rules.situation import ExtentFinding, OptionStatus, Pathway, Situation
from guideline.rules.statuses import status_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value of the fact, and what would be another word with it; None and empty for what would not."""

    value: FactValue
    extent: ExtentFinding | None
    pathway: Pathway | None
    statuses: Mapping[str, OptionStatus]


def outcomes(case: Case, edition: Edition, path: str) -> tuple[Outcome, ...]:
    """The outcome of every test value that the case would not refuse, in the order of the values.

    All are without change where the fact matters only together with another unknown one.
    """
    return tuple(_outcomes(Situation(case, find(case, edition), edition), path))


def _outcomes(before: Situation, path: str) -> Iterator[Outcome]:
    statuses = _statuses(before)
    for value in trial_values(path, before.edition):
        case = before.case.having(path, value)
        if case.contradiction() is not None:
            continue
        after = Situation(case, find(case, before.edition), before.edition)
        now, then = before.findings, after.findings
        yield Outcome(
            value=value,
            extent=then.extent if then.extent != now.extent else None,
            pathway=then.pathway if then.pathway != now.pathway else None,
            statuses={key: word for key, word in _statuses(after).items() if word != statuses[key]},
        )


def _statuses(situation: Situation) -> dict[str, OptionStatus]:
    return {option.id: status_of(option, situation)[0] for option in OPTIONS}
