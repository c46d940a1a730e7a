"""The words of the patient's sheet: short sentences without terms of art, each with its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guideline.errors import ContentError

About = Literal["opening", "option", "other", "calling", "examination", "closing", "word"]
# A sheet has a place for each of these; without one of them it would have a hole.
NEEDED: tuple[About, ...] = ("opening", "other", "calling", "closing")


@dataclass(frozen=True)
class PlainSentence:
    """What a patient reads, with where it is from; the sources stay with the clinician."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PlainEntry:
    """One topic of the sheet.

    An *option* says what it is, how it is given and what to watch for; *other* stands in for what was chosen
    and has no entry of its own. The key of an *examination* is a kind of the schedules. A *word* explains the
    abbreviation that is its title, wherever a sheet uses it.
    """

    key: str
    about: About
    title: str
    what: tuple[PlainSentence, ...]
    how: tuple[PlainSentence, ...] = ()
    watch: tuple[PlainSentence, ...] = ()

    @property
    def sentences(self) -> tuple[PlainSentence, ...]:
        return (*self.what, *self.how, *self.watch)


def check_plain_language(sections: Mapping[str, Mapping[str, Any]], files: Mapping[str, str]) -> None:
    """Raise ``ContentError`` for an entry without words or sources, and for a place that stays empty."""
    entries: Mapping[str, PlainEntry] = sections["plain_language"]
    for key, entry in entries.items():
        if not entry.what:
            raise ContentError(files[key], f"{key}.what", "is empty; say in a sentence what it is")
        for place, sentence in enumerate(entry.sentences):
            if not sentence.sources:
                cure = f"sentence {place + 1} has no source; name at least one"
                raise ContentError(files[key], f"{key}.sources", cure)
    _check_places(entries)
    _check_examinations(sections["schedules"], entries, files)


def _check_places(entries: Mapping[str, PlainEntry]) -> None:
    there = {entry.about for entry in entries.values()}
    for place in NEEDED:
        if place not in there:
            raise ContentError("plain_language", place, f"no entry is about {place}; add one")


def _check_examinations(
    schedules: Mapping[str, Any], entries: Mapping[str, PlainEntry], files: Mapping[str, str]
) -> None:
    """Each kind of examination that a schedule plans is explained, and nothing else is."""
    kinds = {item.kind for schedule in schedules.values() for item in schedule.items}
    explained = {key for key, entry in entries.items() if entry.about == "examination"}
    for kind in sorted(kinds - explained):
        cure = "is planned by a schedule and explained nowhere; add an entry about this examination"
        raise ContentError("plain_language", kind, cure)
    for kind in sorted(explained - kinds):
        raise ContentError(files[kind], kind, "is no examination of a schedule; correct the key")
