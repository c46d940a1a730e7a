"""An edition for those who review it: every entry of every section in words, as plain data that can be kept.

Nothing of the content is left out, whatever kind of entry it is: what is not shown cannot be approved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from approval.words import LABELS, SOURCE_KINDS, UNIT_OF_A_COUNT, UNITS, VALUES
from guideline.edition import Edition
from guideline.entries import Offset, Source, Threshold
from guideline.fact_table import FACT
from guideline.placeholders import pieces_of

# The sections in the order in which a reviewer meets them, with their headings.
SECTIONS: Mapping[str, str] = {
    "register": "What the article says, and what became of it",
    "statements": "Statements and rules",
    "thresholds": "Thresholds",
    "schedules": "Follow-up schedules",
    "alerts": "Alerts",
    "validity": "How long a recorded value may be used",
    "drugs": "Drugs",
    "doses": "Doses, for information",
    "scales": "Nerve scales",
    "instruments": "Neurologic assessments",
    "analytes": "Results and their units",
    "plain_language": "The patient's sheet",
    "phrases": "How facts are put into sentences",
    "glossary": "Words of the screens",
    "sources": "Sources",
}
TITLES = ("label", "title", "word", "says")
# Also unsaid: what stands among the items already.
UNSAID = ("key", "own_items", *TITLES)


@dataclass(frozen=True)
class Part:
    """One thing an entry says."""

    label: str
    text: str


@dataclass(frozen=True)
class Entry:
    """An entry in words. ``since`` is the version that first said exactly this, of those that were kept."""

    section: str
    key: str
    title: str
    parts: tuple[Part, ...]
    since: str

    def part(self, label: str) -> str:
        return next((part.text for part in self.parts if part.label == label), "")


def entries_of(edition: Edition, before: Sequence[Entry] = ()) -> list[Entry]:
    """Every entry of the edition; ``before`` are those of the version kept before it."""
    known = {(entry.section, entry.key): entry for entry in before}
    return [
        _entry(section, key, found, edition, known.get((section, key)))
        for section in SECTIONS
        for key, found in getattr(edition, section).items()
    ]


def from_plain(words: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """The entries that a version keeps."""
    return [Entry(**{**one, "parts": tuple(Part(**part) for part in one["parts"])}) for one in words]


def in_brief(source: Source) -> str:
    """A source with what it is worth: *X-Seki13: case series, n = 6*."""
    people = f", n = {source.participants}" if source.participants is not None else ""
    return f"{source.key}: {SOURCE_KINDS[source.kind]}{people}"


def _entry(section: str, key: str, found: Any, edition: Edition, before: Entry | None) -> Entry:
    title = next((getattr(found, name) for name in TITLES if getattr(found, name, None)), key)
    parts = tuple(_parts(found, edition))
    same = before is not None and (before.title, before.parts) == (title, parts)
    return Entry(section, key, title, parts, before.since if before is not None and same else edition.version)


def _parts(found: Any, edition: Edition) -> Iterator[Part]:
    for field in fields(found):
        value = getattr(found, field.name)
        if field.name in UNSAID or value is None or value is False or (value != 0 and not value):
            continue
        yield from _said(field.name, value, found, edition)


def _said(name: str, value: Any, found: Any, edition: Edition) -> Iterator[Part]:
    """A field as one part, or as one for each of the things it holds."""
    label = LABELS.get(name, name.replace("_", " ").capitalize())
    if name == "unit" and isinstance(found, Threshold):
        return  # stands beside the value
    if name == "sources":
        yield Part(label, "; ".join(in_brief(edition.sources[key]) for key in value))
    elif name == "where":
        yield Part(label, ", ".join(place.replace(":", " ") for place in value))
    elif isinstance(value, Mapping):
        yield from (Part(f"{label}: {key}", _words(one, edition)) for key, one in value.items())
    elif name == "items":
        # By what and when, not by place: a new one must not make all that follow look changed.
        yield from (Part(f"{one.label}, month {one.month}", _in_a_line(one, edition)) for one in value)
    elif isinstance(value, tuple) and any(is_dataclass(one) for one in value):
        yield from (
            Part(_numbered(label, place, value), _words(one, edition)) for place, one in enumerate(value)
        )
    else:
        unit = _unit(found) if isinstance(found, Threshold) and name in ("value", "permitted") else ""
        words = _range(value, edition) if name in ("permitted", "plausible") else _words(value, edition)
        yield Part(label, f"{words} {unit}".strip())


def _numbered(label: str, place: int, values: Sequence[Any]) -> str:
    return label if len(values) == 1 else f"{label} {place + 1}"


def _unit(threshold: Threshold) -> str:
    return "" if threshold.unit == UNIT_OF_A_COUNT else UNITS.get(threshold.unit, threshold.unit)


def _range(value: Sequence[Any], edition: Edition) -> str:
    return " to ".join(_words(one, edition) for one in value)


def _words(value: Any, edition: Edition) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_words(one, edition)}" for key, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(_words(one, edition) for one in value)
    if isinstance(value, Offset):
        return _offset(value)
    if is_dataclass(value):
        return _in_a_line(value, edition)
    return _word(value)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return VALUES.get(str(value)) or _readable(str(value))


def _in_a_line(value: Any, edition: Edition) -> str:
    """What a part of an entry says: its title or text first, the rest with its labels."""
    first = [title for name in TITLES if (title := getattr(value, name, ""))]
    parts = list(_parts(value, edition))
    first += [part.text for part in parts if part.label == LABELS["text"]]
    rest = [f"{part.label}: {part.text}" for part in parts if part.label != LABELS["text"]]
    if not first:
        return "; ".join(rest)
    return f"{': '.join(first)} ({'; '.join(rest)})" if rest else ": ".join(first)


def _readable(text: str) -> str:
    """A template with its gaps named as people name them: *[Bone lesions]: there is no lesion*."""
    pieces = list(pieces_of(text))
    pieces[1::2] = [
        f"[{FACT[name].label if name in FACT else name.replace('_', ' ')}]" for name in pieces[1::2]
    ]
    return "".join(pieces)


def _offset(offset: Offset) -> str:
    months = f"{offset.months} month{'' if offset.months == 1 else 's'}"
    return (
        f"{months} {'less' if offset.days < 0 else 'and'} {abs(offset.days)} days" if offset.days else months
    )
