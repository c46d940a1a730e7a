"""Text that the embedded fonts can print; a letter they lack becomes a visible mark, never a gap."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

MARK = "□"
LAYOUT = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")

ACCENTS = frozenset(map(chr, range(0x0300, 0x0370)))
# Thai and Lao AM: letters by their class, but drawn on the one before.
SIT_LIKE_MARKS = "\u0e33\u0eb3"
ALPHABETS = frozenset({"LATIN", "GREEK", "CYRILLIC"})


@cache
def printable_characters() -> frozenset[str]:
    """Every character of printable.txt."""
    lines = (Path(__file__).parent / "printable.txt").read_text().splitlines()
    runs = [run.split("-") for line in lines if not line.startswith("#") for run in line.split()]
    return frozenset(chr(code) for run in runs for code in range(int(run[0], 16), int(run[-1], 16) + 1))


def printable(text: str) -> str:
    """The text with ``□`` for each letter that cannot be printed; invisible marks are dropped."""
    plain = LAYOUT.sub("", unicodedata.normalize("NFC", text))
    shown: list[str] = []
    base = ""
    for letter in plain:
        is_mark = _is_mark(letter)
        fits = _sits_on(letter, base) if is_mark else letter in printable_characters() or letter == "\n"
        shown.append(letter if fits else _instead_of(letter))
        base = base if is_mark and fits else shown[-1]
    return "".join(shown)


def without_marks(text: str) -> str:
    """The same with ``□`` for every mark that would sit on a letter: fonts have no place for piles."""
    return "".join(MARK if _is_mark(letter) else letter for letter in printable(text))


def plain(text: str) -> str:
    """The same with ``□`` for every letter but those of the Latin, Greek and Cyrillic alphabets."""
    return "".join(
        MARK if letter.isalpha() and _script(letter) not in ALPHABETS else letter
        for letter in without_marks(text)
    )


def printable_data(data: Any, way: Callable[[str], str] = printable) -> Any:
    """The same for every text inside lists and groups of keys; ``way`` is one of the three above."""
    if isinstance(data, str):
        return way(data)
    if isinstance(data, dict):
        return {key: printable_data(value, way) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable_data(value, way) for value in data]
    return data


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M") or letter in SIT_LIKE_MARKS


def _sits_on(mark: str, base: str) -> bool:
    """Whether one font has both: an accent goes on an alphabet's letter, any other mark on its own script."""
    if mark not in printable_characters() or base in ("", MARK):
        return False
    return _script(base) in (ALPHABETS if mark in ACCENTS else {_script(mark)})


def _script(letter: str) -> str:
    """The first word of the character's name: LATIN, DEVANAGARI, ARABIC."""
    return unicodedata.name(letter, "").split(" ")[0]


def _instead_of(letter: str) -> str:
    return " " if letter.isspace() else MARK
