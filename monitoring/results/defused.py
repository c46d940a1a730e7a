"""CSV that a spreadsheet opens without running anything in it."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

# What a spreadsheet takes for the beginning of a formula.
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?", re.ASCII)


class Writable(Protocol):
    def write(self, text: str, /) -> Any: ...


def defused(text: str) -> str:
    """The text with an apostrophe before it if it would be run as a formula; a number stays a number."""
    stripped = text.lstrip(" ")
    if stripped.startswith(TRIGGERS) and not NUMBER.fullmatch(stripped):
        return f"'{text}"
    return text


def write_csv(target: Writable, rows: Iterable[Sequence[str]]) -> None:
    writer = csv.writer(target)
    writer.writerows([defused(cell) for cell in row] for row in rows)
