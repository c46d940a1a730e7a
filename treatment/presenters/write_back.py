"""The answers that the record does not hold, in words, each to be ticked or with the place where it goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from treatment.presenters.evidence import FactShown, fact_shown
from treatment.words import value_in_words
from treatment.write_back import EVENT, LISTED, NO_RADIATION, REASON, RESULT, TREATMENT, Writable

# The page on which a fact is entered that cannot be written from here.
ENTERED_AT = {
    RESULT: "results:list",
    TREATMENT: "patients:treatments",
    NO_RADIATION: "patients:treatments",
    EVENT: "patients:events",
    REASON: "patients:assessments",
    LISTED: "patients:assessments",
}


@dataclass(frozen=True)
class WritableShown:
    """One answer. ``recorded`` is what the record says, with its day; ``view`` names the page to enter it."""

    fact: FactShown
    recorded: str
    why_not: str
    view: str


def writable_shown(found: Sequence[Writable]) -> list[WritableShown]:
    return [
        WritableShown(
            fact_shown(one.path, one.answer.value),
            _recorded(one),
            one.why_not,
            ENTERED_AT.get(one.why_not, ""),
        )
        for one in found
    ]


def _recorded(one: Writable) -> str:
    if one.recorded is None:
        return "nothing"
    return f"{value_in_words(one.path, one.recorded.value)}, {one.recorded.on:%-d %b %Y}"
