"""Spreadsheets (XLSX): cells as they are stored. Formulas are never computed, links never followed."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from monitoring.imports.files.table import MOST_ROWS, Cell, FileError, Row, Table, check_size, table_of

MOST_UNPACKED_BYTES = 100 * 1024 * 1024
MOST_PARTS = 1_000
SIGNIFICANT_DIGITS = 15  # what spreadsheets keep and show of a number
ONLY_ZEROS = re.compile(r"0+")
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, ParseError,
    InvalidFileException, EOFError, NotImplementedError,
)  # fmt: skip


def sheet_names(content: bytes) -> list[str]:
    """The sheets in their order. Raises FileError."""
    _refuse_traps(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except BROKEN as error:
        raise FileError(_what_is_wrong(error)) from error
    return [sheet.title for sheet in book.worksheets]


def read_sheet(content: bytes, name: str) -> Table:
    """The table on the sheet ``name``. Raises FileError."""
    _refuse_traps(content)
    try:
        return table_of(_rows(content, name))
    except FileError:
        raise
    except BROKEN as error:
        raise FileError(_what_is_wrong(error)) from error


_DAMAGED = "The spreadsheet is damaged and cannot be read; open it and save it again as .xlsx."
_BOMB = "The spreadsheet declares XML entities, which no spreadsheet program does; it is not opened."


def _what_is_wrong(error: BaseException | None) -> str:
    """A refused entity may lie behind an error that only says that a part could not be read."""
    while error is not None:
        if isinstance(error, DefusedXmlException):
            return _BOMB
        error = error.__cause__ or error.__context__
    return _DAMAGED


def _rows(content: bytes, name: str) -> Iterator[Row]:
    stored = _cells(content, name, data_only=True)
    if not _has_formulas(content):
        yield from (Row(line, [_cell(cell) for cell in cells]) for line, cells in stored)
        return
    written = _cells(content, name, data_only=False)
    for (line, cells), (_, formulas) in zip(stored, written, strict=True):
        for place, formula in enumerate(formulas):
            if formula.data_type == "f" and (place >= len(cells) or cells[place].value is None):
                raise FileError(
                    f"Cell {formula.coordinate} holds a formula without a stored result, and formulas are "
                    "not computed here; copy the cells and paste them as values."
                )
        yield Row(line, [_cell(cell) for cell in cells])


def _cells(content: bytes, name: str, *, data_only: bool) -> Iterator[tuple[int, list[Any]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    if name not in [sheet.title for sheet in book.worksheets]:
        raise FileError(f"There is no sheet “{name[:60]}” in the spreadsheet; choose another.")
    sheet = book[name]
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if line > MOST_ROWS * 2:
            raise FileError(
                f"The sheet goes down to more than {MOST_ROWS:,} rows; split it, or delete what is below."
            )
        row: list[Any] = list(cells)
        while row and row[-1].value is None:
            row.pop()
        check_size(line, row)
        yield line, row


def _cell(cell: Any) -> Cell:
    """Numbers as decimals, dates as dates, the rest as text; a number shown with leading zeros keeps them."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if ONLY_ZEROS.fullmatch(cell.number_format or "") and len(cell.number_format) > 1 and value >= 0:
            return f"{value:.0f}".zfill(len(cell.number_format))
        return Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, datetime | date | time):
        return value
    return str(value).strip()


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(FORMULA.search(parts.read(name)) for name in sheets)


def _refuse_traps(content: bytes) -> None:
    """Look at the list of parts before anything is unpacked. Raises FileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
    except BROKEN as error:
        raise FileError(_DAMAGED) from error
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise FileError("The file is a ZIP archive and no spreadsheet; unpack it and upload what is inside.")
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise FileError("The spreadsheet unpacks to more than 100 MB; split it, or save it as CSV.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileError("The spreadsheet is protected by a password; save it without one.")
    if any(_leaves_the_archive(name) for name in names):
        raise FileError("The spreadsheet names files outside of itself; it is not opened.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise FileError(
            "The spreadsheet takes values from other files, which are not here; copy the sheet into a new "
            "file and paste it as values."
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileError("The spreadsheet holds macros; save it as a workbook without macros (.xlsx).")


def _leaves_the_archive(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts
