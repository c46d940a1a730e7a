"""What the product's own words mean, for the page of help."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["status", "argument", "finding", "verdict", "phase", "severity", "follow_up", "evidence"]


@dataclass(frozen=True)
class GlossaryEntry:
    """A word as the screens write it; its key is the word that data carry, after the group."""

    key: str
    group: Group
    word: str
    means: str
    sources: tuple[str, ...]
