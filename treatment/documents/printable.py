"""Text that the embedded fonts can print; a letter they lack becomes a visible mark, never a gap."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

MARK = "□"
LAYOUT = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")


@cache
def printable_characters() -> frozenset[str]:
    """Every character of printable.txt."""
    lines = (Path(__file__).parent / "printable.txt").read_text().splitlines()
    runs = [line.split() for line in lines if not line.startswith("#")]
    return frozenset(chr(code) for first, last in runs for code in range(int(first, 16), int(last, 16) + 1))


def printable(text: str) -> str:
    """The text with ``□`` for each letter that cannot be printed; invisible marks are dropped."""
    known = printable_characters()
    plain = LAYOUT.sub("", unicodedata.normalize("NFC", text))
    return "".join(letter if letter in known or letter == "\n" else _instead_of(letter) for letter in plain)


def printable_data(data: Any) -> Any:
    """The same for every text inside lists and groups of keys."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: printable_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable_data(value) for value in data]
    return data


def _instead_of(letter: str) -> str:
    return " " if letter.isspace() else MARK
