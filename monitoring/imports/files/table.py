"""A table as it was read: headers, and rows that know their line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

# A spreadsheet knows numbers and dates; a text file knows only text.
Cell = str | Decimal | datetime | date | time

MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000


class FileError(ValueError):
    """The file cannot be read; the message is the sentence for the person who uploaded it."""


class Row(NamedTuple):
    """``line`` as an editor or spreadsheet counts it, from 1."""

    line: int
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of(lines: Iterable[Row]) -> Table:
    """The first row that is not empty holds the headers; later empty rows are left out. Raises FileError."""
    filled = (row for row in lines if any(cell != "" for cell in row.cells))
    head = next(filled, None)
    if head is None:
        raise FileError("The file is empty: there is neither a header nor a row.")
    headers = _headers(head)
    rows: list[Row] = []
    for row in filled:
        if len(rows) == MOST_ROWS:
            raise FileError(f"The file has more than {MOST_ROWS:,} rows; split it and import the parts.")
        rows.append(row)
    if not rows:
        raise FileError("The file has a header and no row below it.")
    return Table(headers, tuple(rows))


def shown(cell: Cell) -> str:
    """A cell as text, as short as a person would write it."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time.min else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date | time):
        return cell.isoformat()
    return cell


def check_size(line: int, cells: Sequence[Cell]) -> None:
    """Raises FileError for a row that is too wide or holds a cell that no laboratory writes."""
    if len(cells) > MOST_COLUMNS:
        raise FileError(f"Line {line} has {len(cells):,} cells; at most {MOST_COLUMNS} columns are read.")
    for place, cell in enumerate(cells, start=1):
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            raise FileError(
                f"Line {line}, column {place} holds {len(cell):,} characters; at most {LONGEST_CELL:,} are "
                "read. A quotation mark that is never closed looks like this too."
            )


def _headers(head: Row) -> tuple[str, ...]:
    names = [" ".join(shown(cell).split()) for cell in head.cells]
    while names and not names[-1]:
        names.pop()
    if len(names) == 1:
        raise FileError(
            f"Only one column was found, “{names[0][:60]}”; patient, value and date need their own. "
            "If the file has more, choose another delimiter or save it again."
        )
    named = [name or f"Column {place}" for place, name in enumerate(names, start=1)]
    seen: dict[str, int] = {}
    for place, name in enumerate(named, start=1):
        first = seen.setdefault(name.casefold(), place)
        if first != place:
            raise FileError(
                f"Columns {first} and {place} are both called “{name[:60]}”; rename one, so that each value "
                "has one meaning."
            )
    return tuple(named)
