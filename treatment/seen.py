"""What a person saw on the page they sign, so that the page can say what changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.formats import date_format
from django.utils.timezone import localtime

from guideline.edition import Edition
from guideline.fact_table import FACT
from patients.queries import RecordedFact
from treatment.facts import snapshot
from treatment.queries import DraftContents
from treatment.wizard.steps import FROM_IDENTITY, matters
from treatment.words import value_in_words

SALT = "treatment.seen"
OWN = {
    "choice": "The choice",
    "follow_up": "The follow-up dates",
    "sequence": "The planned treatments",
    "supportive": "The supportive care",
}


@dataclass(frozen=True)
class Difference:
    """One thing that changed: what, how it stood and stands, and by whom if it was an answer."""

    label: str
    before: str
    now: str
    by: str = ""


def state_of(
    contents: DraftContents, recorded: Mapping[str, RecordedFact], edition: Edition
) -> dict[str, Any]:
    """Facts, record, content and the versions of the wizard's own answers, as plain data."""
    return {
        "facts": dict(contents.facts),
        "record": {
            path: fact["value"]
            for path, fact in snapshot(recorded).items()
            if path not in FROM_IDENTITY and matters(path, contents.facts)
        },
        "content": edition.version,
        "own": {name: answer.version for name, answer in contents.answers.items() if name not in FACT},
    }


def packed(state: Mapping[str, Any]) -> str:
    """The state as a form carries it."""
    return signing.dumps(state, salt=SALT, compress=True)


def unpacked(text: str) -> dict[str, Any] | None:
    """The state that a form brought back; None if it is not one of ours."""
    try:
        state: dict[str, Any] = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return state


def differences(
    before: Mapping[str, Any], now: Mapping[str, Any], contents: DraftContents
) -> list[Difference]:
    """What changed from one state to the other: facts, what the record says, content, the other answers."""
    found = [
        Difference(FACT[path].label, *_both(path, before["facts"], now["facts"]), _by(path, contents))
        for path in _changed(before["facts"], now["facts"])
    ]
    found += [
        Difference(f"{FACT[path].label}, in the record", *_both(path, before["record"], now["record"]))
        for path in _changed(before["record"], now["record"])
    ]
    if before["content"] != now["content"]:
        found.append(Difference("The guideline's content", before["content"], now["content"]))
    own = [name for name in now["own"] if before["own"].get(name) != now["own"][name]]
    return [
        *found,
        *(Difference(OWN.get(name, "Another answer"), "", "", _by(name, contents)) for name in own),
    ]


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [path for path in FACT if before.get(path) != now.get(path)]


def _both(path: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, str]:
    return value_in_words(path, before.get(path)), value_in_words(path, now.get(path))


def _by(question: str, contents: DraftContents) -> str:
    answer = contents.answers.get(question)
    if answer is None:
        return ""
    return f"{answer.recorded_by.full_name}, {date_format(localtime(answer.recorded_at), 'j M Y, H:i')}"
