"""Where the record and a draft no longer agree, so that somebody settles it before the plan is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guideline.edition import Edition
from guideline.fact_table import FACT
from patients.queries import RecordedFact
from treatment.ageing import is_of_an_earlier_day
from treatment.facts import Prefill, snapshot
from treatment.models import Answer
from treatment.queries import DraftContents
from treatment.wizard.steps import FROM_IDENTITY, matters


@dataclass(frozen=True)
class Newer:
    """One fact to settle. ``answer`` is what the draft says, ``recorded`` what the record says now.

    ``lapsed_after``: the record says nothing newer, but the answer is older than these days and may no longer
    hold (0: it is asked anew each time, and is of an earlier day); None if the record changed, or knows what
    the draft was not told.
    """

    path: str
    answer: Answer | None
    recorded: RecordedFact | None
    lapsed_after: int | None = None

    @property
    def key(self) -> str:
        """What identifies both sides, so that a button settles only what its page showed."""
        found = self.recorded
        record = f"{found.on.isoformat()} {found.value}" if found and self.lapsed_after is None else ""
        return f"{self.answer.version if self.answer else 0} {record}"


def newer_on_record(
    contents: DraftContents,
    recorded: Mapping[str, RecordedFact],
    prefills: Mapping[str, Prefill],
    edition: Edition,
    *,
    on: date,
) -> list[Newer]:
    """What is to be settled on the day ``on``, in the order of the guideline's facts.

    Listed is a fact whose value in the record changed since the draft was begun, or since it was settled,
    unless the draft says the same; one that the record knows and nobody answered; an answer that grew old.
    """
    before, now = contents.draft.record_at_start, snapshot(recorded)
    found = []
    for path in FACT:
        if path in FROM_IDENTITY or not matters(path, contents.facts):
            continue
        answer, fact = contents.answers.get(path), recorded.get(path)
        asked_before = answer is not None and is_of_an_earlier_day(answer, edition, on=on)
        days = 0 if asked_before else contents.lapsed.get(path)
        if answer is None:
            prefill = prefills.get(path)
            differs = prefill is not None and prefill.current
        else:
            differs = before.get(path) != now.get(path) and not says(answer, fact)
        if differs:
            found.append(Newer(path, answer, fact))
        elif days is not None:
            found.append(Newer(path, answer, fact, days))
    return found


def says(answer: Answer, fact: RecordedFact | None) -> bool:
    """Whether the record says what the draft says."""
    value: Any = fact.value if fact else None
    return answer.value == value and isinstance(answer.value, bool) == isinstance(value, bool)
