"""What differs between two versions of the content, to the word. Pure: entries in, plain data out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from approval.reading import SECTIONS, Entry

Kind = Literal["same", "removed", "added"]
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True)
class PartChange:
    """One thing that an entry says otherwise; with only removed, or only added, pieces it came or went."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class EntryChange:
    """An entry that is new, gone, or says something else."""

    word: Literal["added", "removed", "changed"]
    key: str
    title: str
    parts: list[PartChange]


@dataclass(frozen=True)
class SectionChange:
    heading: str
    entries: list[EntryChange]

    @property
    def summary(self) -> str:
        """How much changed: *2 changed, 1 added*."""
        counts = [
            (word, sum(one.word == word for one in self.entries)) for word in ("changed", "added", "removed")
        ]
        return ", ".join(f"{count} {word}" for word, count in counts if count)


def differences(before: Sequence[Entry], after: Sequence[Entry]) -> list[SectionChange]:
    """By section, in the reviewers' order; empty where nothing differs."""
    old = {(entry.section, entry.key): entry for entry in before}
    new = {(entry.section, entry.key): entry for entry in after}
    found: dict[str, list[EntryChange]] = {}
    for place in [*new, *(place for place in old if place not in new)]:
        change = _change(old.get(place), new.get(place))
        if change is not None:
            found.setdefault(place[0], []).append(change)
    order = [*SECTIONS, *(section for section in found if section not in SECTIONS)]
    return [
        SectionChange(SECTIONS.get(section, section), found[section]) for section in order if section in found
    ]


def word_by_word(before: str, after: str) -> list[Piece]:
    """The two texts as one: what stayed, what went, what came; white space belongs to the words around it."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece("removed", "".join(old[a:b]))] if a < b else []
        pieces += [Piece("added", "".join(new[c:d]))] if c < d else []
    return pieces


def _change(old: Entry | None, new: Entry | None) -> EntryChange | None:
    if old is None and new is not None:
        return EntryChange("added", new.key, new.title, list(_parts(None, new)))
    if new is None and old is not None:
        return EntryChange("removed", old.key, old.title, list(_parts(old, None)))
    if old is None or new is None or (old.title, old.parts) == (new.title, new.parts):
        return None
    return EntryChange("changed", new.key, new.title, list(_parts(old, new)))


def _parts(old: Entry | None, new: Entry | None) -> Iterator[PartChange]:
    before = _texts(old)
    after = _texts(new)
    for label in dict.fromkeys([*after, *before]):
        pieces = word_by_word(before.get(label, ""), after.get(label, ""))
        if any(piece.kind != "same" for piece in pieces):
            yield PartChange(label, pieces)


def _texts(entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {}
    title = {} if entry.title == entry.key else {"Called": entry.title}
    return title | {part.label: part.text for part in entry.parts}
