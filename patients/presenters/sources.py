"""Sources of the guideline as pages name them: with their kind, and n where people were counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from approval.words import SOURCE_KINDS
from guideline.edition import Edition


@dataclass(frozen=True)
class SourceShown:
    """A source with what it is worth: its kind, and n where the study counted people."""

    number: str
    title: str
    published_in: str
    year: int | None
    kind: str
    participants: int | None
    note: str


def sources_shown(keys: Iterable[str], edition: Edition) -> list[SourceShown]:
    """The sources in the order in which they are named."""
    return [_source(key, edition) for key in keys]


@cache
def _source(key: str, edition: Edition) -> SourceShown:
    source = edition.sources[key]
    return SourceShown(
        number=key,
        title=source.title,
        published_in=source.published_in,
        year=source.year,
        kind=SOURCE_KINDS[source.kind],
        participants=source.participants,
        note=source.note or "",
    )
