"""The patient's sheet in words: what signing freezes, so that a later content changes no sheet.

All classes are plain data: ``dataclasses.asdict`` makes JSON of them, and templates read both alike.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from guideline.edition import Edition
from guideline.plain_language import PlainEntry, PlainSentence

ADJUNCT = "adjunct_radiation"


@dataclass(frozen=True)
class Said:
    """One sentence or a few, with the numbers of their sources."""

    text: str
    sources: list[str]


@dataclass(frozen=True)
class TopicSaid:
    title: str
    what: list[Said]


@dataclass(frozen=True)
class TreatmentSaid:
    """A chosen treatment. ``in_the_plan`` is its name in the plan where the sheet calls it otherwise.

    ``beside``: it is given together with the sequence and is no step of it.
    """

    title: str
    in_the_plan: str
    what: list[Said]
    how: list[Said]
    watch: list[Said]
    beside: bool = False


@dataclass(frozen=True)
class DaySaid:
    """What is due on one day."""

    day: str
    titles: list[str]


@dataclass(frozen=True)
class WordSaid:
    word: str
    means: list[Said]


@dataclass(frozen=True)
class SheetSaid:
    """Everything a sheet says about a plan; who it is for and whom to call come with the document."""

    opening: list[TopicSaid]
    treatments: list[TreatmentSaid]
    calling: list[TopicSaid]
    days: list[DaySaid]
    examinations: list[TopicSaid]
    closing: list[TopicSaid]
    words: list[WordSaid]


def sheet_said(
    chosen: Sequence[tuple[str, str]],
    follow_ups: Sequence[Mapping[str, Any]],
    edition: Edition,
    *,
    adjunct_radiation: bool = False,
) -> SheetSaid:
    """The sheet of a plan; ``chosen`` are the ids and labels in their sequence.

    ``follow_ups`` are as a plan freezes them. What the content has no words for is left to the team.
    """
    kinds = [_kind(item, edition) for item in follow_ups]
    titles = [_examination_title(kind, item, edition) for kind, item in zip(kinds, follow_ups, strict=True)]
    treatments = [_treatment(option, label, edition) for option, label in chosen]
    if adjunct_radiation:
        treatments.append(replace(_treatment(ADJUNCT, "Adjunct radiation", edition), beside=True))
    days: dict[str, list[str]] = {}
    for item, title in zip(follow_ups, titles, strict=True):
        on_that_day = days.setdefault(item["due"], [])
        if title not in on_that_day:
            on_that_day.append(title)
    said = SheetSaid(
        opening=_topics("opening", edition),
        treatments=treatments,
        calling=_topics("calling", edition),
        days=[DaySaid(day, on_that_day) for day, on_that_day in days.items()],
        examinations=[_topic(edition.plain_language[kind]) for kind in dict.fromkeys(kinds) if kind],
        closing=_topics("closing", edition),
        words=[],
    )
    said.words.extend(_words(said, edition))
    return said


def texts_of(said: object) -> Iterator[str]:
    """Every text the patient reads, titles included; ``said`` as dataclasses or as plain data."""
    data = said if isinstance(said, dict | list | str) else asdict(said)  # type: ignore[call-overload] # a dataclass here
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for one in data:
            yield from texts_of(one)
    else:
        for key, value in data.items():
            if key not in ("sources", "beside"):
                yield from texts_of(value)


def _topics(about: str, edition: Edition) -> list[TopicSaid]:
    return [_topic(entry) for entry in edition.plain_language.values() if entry.about == about]


def _topic(entry: PlainEntry) -> TopicSaid:
    return TopicSaid(entry.title, _said(entry.what))


def _said(sentences: Iterable[PlainSentence]) -> list[Said]:
    return [Said(sentence.text, list(sentence.sources)) for sentence in sentences]


def _treatment(option: str, label: str, edition: Edition) -> TreatmentSaid:
    entry = edition.plain_language.get(option)
    if entry is None or entry.about != "option":
        [entry] = [one for one in edition.plain_language.values() if one.about == "other"]
        return TreatmentSaid(label, "", _said(entry.what), [], [])
    other_name = "" if entry.title == label else label
    return TreatmentSaid(entry.title, other_name, _said(entry.what), _said(entry.how), _said(entry.watch))


def _kind(item: Mapping[str, Any], edition: Edition) -> str:
    """The kind of an examination; plans of before it was frozen have the title only. Empty: not explained."""
    kind = item.get("kind", "")
    if not kind:
        named = {one.label: one.kind for schedule in edition.schedules.values() for one in schedule.items}
        kind = named.get(item["title"], "")
    entry = edition.plain_language.get(kind)
    return kind if entry is not None and entry.about == "examination" else ""


def _examination_title(kind: str, item: Mapping[str, Any], edition: Edition) -> str:
    return edition.plain_language[kind].title if kind else str(item["title"])


def _words(said: SheetSaid, edition: Edition) -> list[WordSaid]:
    """The abbreviations that the sheet uses, in alphabetical order."""
    text = " ".join(texts_of(said))
    words = {entry.title: entry for entry in edition.plain_language.values() if entry.about == "word"}
    used = [word for word in sorted(words) if re.search(rf"\b{re.escape(word)}\b", text)]
    return [WordSaid(word, _said(words[word].what)) for word in used]
