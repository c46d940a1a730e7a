"""One edition of the guideline's content: read once, checked whole, then only looked things up in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from guideline.alert_entries import AlertEntry
from guideline.content_files import read_edition_files
from guideline.entries import (
    Analyte,
    Dose,
    Drug,
    EditionHeader,
    Instrument,
    Phrase,
    RegisterEntry,
    ReviewStatus,
    Scale,
    Schedule,
    Source,
    Statement,
    Threshold,
    Validity,
)
from guideline.errors import ContentError
from guideline.glossary import GlossaryEntry
from guideline.placeholders import pieces_of
from guideline.plain_language import PlainEntry

CONTENT = Path(__file__).parent / "content"
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Review:
    """What people made of an edition where it is read; ``words`` say who and when."""

    status: ReviewStatus
    words: str


@dataclass(frozen=True, eq=False)
class Edition:
    """Everything clinicians review. Editions are compared by identity; the default one is cached.

    ``digest`` tells its exact bytes from any others. ``review`` is null as read from the files, which say of
    themselves only how far their authors are: whether anybody approved them is known to who reads them.
    """

    header: EditionHeader
    digest: str
    sources: Mapping[str, Source]
    thresholds: Mapping[str, Threshold]
    statements: Mapping[str, Statement]
    phrases: Mapping[str, Phrase]
    scales: Mapping[str, Scale]
    instruments: Mapping[str, Instrument]
    analytes: Mapping[str, Analyte]
    schedules: Mapping[str, Schedule]
    validity: Mapping[str, Validity]
    drugs: Mapping[str, Drug]
    doses: Mapping[str, Dose]
    alerts: Mapping[str, AlertEntry]
    register: Mapping[str, RegisterEntry]
    glossary: Mapping[str, GlossaryEntry]
    plain_language: Mapping[str, PlainEntry]
    review: Review | None = None
    numbers: Mapping[str, Decimal | int] = field(init=False)

    def __post_init__(self) -> None:
        values = {key: threshold.value for key, threshold in self.thresholds.items()}
        object.__setattr__(self, "numbers", MappingProxyType(values))

    @property
    def id(self) -> str:
        return self.header.id

    @property
    def version(self) -> str:
        return self.header.version

    @property
    def status(self) -> ReviewStatus:
        return self.header.status if self.review is None else self.review.status

    def number(self, key: str) -> Decimal | int:
        """The value of a threshold in its own unit."""
        return self.threshold(key).value

    def threshold(self, key: str) -> Threshold:
        """A threshold with unit, range, date and sources."""
        return _entry(self.thresholds, "thresholds", key)

    def statement(self, key: str) -> Statement:
        """What the rule ``key`` says, with its sources."""
        return _entry(self.statements, "statements", key)

    def rule_in_words(self, key: str) -> str:
        """The rule ``key`` as a sentence, with the edition's own numbers in it."""
        return _rule_in_words(self, key)

    def scale(self, key: str) -> Scale:
        return _entry(self.scales, "scales.yaml", key)

    def alert(self, key: str) -> AlertEntry:
        """How the alert ``key`` is listed and what ends it."""
        return _entry(self.alerts, "alerts.yaml", key)

    def validity_of(self, fact: str) -> Validity:
        """How long a recorded value of this fact stays usable. Raises ``ContentError`` if nothing says so."""
        for entry in self.validity.values():
            if fact in entry.facts:
                return entry
        raise ContentError(
            "validity.yaml", fact, "is in no entry; say how long a recorded value stays usable"
        )

    def fill(self, template: str, values: Mapping[str, str]) -> str:
        """``template`` with every placeholder replaced: thresholds by their value, the rest from ``values``.

        A placeholder that is neither raises ``ContentError``: no sentence leaves with a hole in it.
        """

        pieces = list(pieces_of(template))
        pieces[1::2] = [self._filling(name, values, template) for name in pieces[1::2]]
        return "".join(pieces)

    def _filling(self, name: str, values: Mapping[str, str], template: str) -> str:
        if name in values:
            return values[name]
        if name in self.thresholds:
            return str(self.thresholds[name].value)
        raise ContentError("statements", name, f"nothing fills this placeholder of {template!r}")


@cache
def _rule_in_words(edition: Edition, key: str) -> str:
    return edition.fill(edition.statement(key).rule_in_words, {})


def load_edition(path: Path | None = None) -> Edition:
    """The content under ``path`` (a folder), or the default edition, read once per process.

    Raises ``ContentError`` naming file, key and cure.
    """
    return _default_edition() if path is None else _read(path)


# One for each hospital that says something else of it; whoever adopts anew drops out by and by.
@lru_cache(maxsize=256)
def reviewed(edition: Edition, review: Review) -> Edition:
    """The same content with what people made of it."""
    return replace(edition, review=review)


@cache
def _default_edition() -> Edition:
    return _read(CONTENT)


def _read(folder: Path) -> Edition:
    return Edition(**read_edition_files(folder))


def _entry(entries: Mapping[str, Entry], file: str, key: str) -> Entry:
    if key not in entries:
        raise ContentError(file, key, "is not in the content; add it or correct the name")
    return entries[key]
