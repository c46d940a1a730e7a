"""Unknown facts that could change the decision, each with what every answer would make of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guideline.edition import Edition
from guideline.facts import Case
from guideline.outcomes import Outcome, outcomes
from treatment.presenters.decision import MissingShown
from treatment.words import EXTENT, OPTIONS, PATHWAY, STATUS, value_in_words


@dataclass(frozen=True)
class AnswerShown:
    """One answer and what it would lead to, in words; ``changes`` is empty where that is the same."""

    value: str
    changes: list[str]


@dataclass(frozen=True)
class MissingRow:
    """``alone`` is False for a fact that matters only together with another unknown one."""

    missing: MissingShown
    answers: list[AnswerShown]

    @property
    def alone(self) -> bool:
        return any(answer.changes for answer in self.answers)


def missing_rows(missing: Sequence[MissingShown], case: Case, edition: Edition) -> list[MissingRow]:
    return [
        MissingRow(one, [_answer(one.fact.path, found) for found in outcomes(case, edition, one.fact.path)])
        for one in missing
    ]


def _answer(path: str, outcome: Outcome) -> AnswerShown:
    return AnswerShown(value_in_words(path, outcome.value), list(_changes(outcome)))


def _changes(outcome: Outcome) -> Iterator[str]:
    if outcome.extent:
        yield f"extent {EXTENT[outcome.extent].lower()}"
    if outcome.pathway:
        yield f"pathway {PATHWAY[outcome.pathway].lower()}"
    by_status: dict[str, list[str]] = defaultdict(list)
    for option, status in outcome.statuses.items():
        by_status[status].append(OPTIONS[option])
    for code, word in STATUS.items():
        if code in by_status:
            yield f"{word.lower()}: {', '.join(by_status[code])}"
