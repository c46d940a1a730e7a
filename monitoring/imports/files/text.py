"""Comma-separated text: its encoding and delimiter found out, or as a person chose them."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from types import MappingProxyType
from typing import NoReturn

from monitoring.imports.files.table import FileError, Row, Table, check_size, table_of

ENCODINGS = MappingProxyType(
    {
        "utf-8": "Unicode (UTF-8)",
        "utf-16": "Unicode (UTF-16)",
        "cp1252": "Windows-1252 (Western)",
        "iso-8859-1": "Latin-1 (ISO 8859-1)",
    }
)
DELIMITERS = MappingProxyType({",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"})
SAMPLE_ROWS = 50
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def find_encoding(content: bytes) -> str:
    """The encoding by its mark, else UTF-8 if every byte fits, else what Western Windows writes."""
    if content.startswith(UTF_16_MARKS) or (_looks_like_utf_16(content) and _fits(content, _half(content))):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if _fits(content, "cp1252") else "iso-8859-1"
    return "utf-8"


def decoded(content: bytes, encoding: str) -> str:
    """The text without its byte-order mark. Raises FileError."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    if encoding == "utf-16" and not content.startswith(UTF_16_MARKS):
        codec = _half(content)
    try:
        text = content.decode(codec)
    except UnicodeError as error:
        raise FileError(
            f"The file is not {ENCODINGS.get(encoding, encoding)}; choose another encoding."
        ) from error
    if (place := text.find("\x00")) >= 0:
        line = text.count("\n", 0, place) + 1
        raise FileError(f"Line {line} holds a NUL character: this is no text file, or it is damaged.")
    return text


def find_delimiter(text: str) -> str:
    """The delimiter that gives most rows the width of the header. Raises FileError when none does."""
    hint = _hint(text)
    if hint:
        return hint
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] == (0.0, 0):
        # Unreadable with each: reading it with the likeliest says what is wrong.
        best = max(DELIMITERS, key=_first_line(text).count)
        if best not in _first_line(text):
            _refuse_one_column(text)
    return best


def read_text(text: str, delimiter: str) -> Table:
    """The table. Raises FileError."""
    return table_of(_rows(text, delimiter))


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Each record with the line on which it begins."""
    hinted = bool(_hint(text))
    body = text.partition("\n")[2] if hinted else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    line = 2 if hinted else 1
    offset = line - 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            check_size(line, cells)
            yield Row(line, cells)
            line = reader.line_num + 1 + offset
    except csv.Error as error:
        raise FileError(
            f"The row that begins on line {line} cannot be read; most often a quotation mark is missing or "
            "stands in the middle of a value."
        ) from error


def _refuse_one_column(text: str) -> NoReturn:
    first = _first_line(text)
    if not first:
        raise FileError("The file is empty: there is neither a header nor a row.")
    raise FileError(
        f"Only one column was found, “{first[:60]}”; columns are separated by comma, semicolon, tab or "
        "vertical bar."
    )


def _first_line(text: str) -> str:
    return text.strip(" \r\n").partition("\n")[0]


def _hint(text: str) -> str:
    """The delimiter that spreadsheets write as ``sep=;`` on a first line of its own, or ""."""
    first = text.partition("\n")[0].strip()
    return first[4:] if first.lower().startswith("sep=") and first[4:] in DELIMITERS else ""


def _score(text: str, delimiter: str) -> tuple[float, int]:
    """Share of the first rows that are as wide as the header, and that width; zeros for one column."""
    try:
        widths = [len(row.cells) for row in islice(_rows(text, delimiter), SAMPLE_ROWS) if any(row.cells)]
    except FileError:
        return 0.0, 0
    if not widths or widths[0] == 1:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]


def _looks_like_utf_16(content: bytes) -> bool:
    """Without its mark, Latin text in UTF-16 has a zero in every second byte."""
    sample = content[:400]
    halves = sample[::2], sample[1::2]
    return (
        len(sample) > 1
        and any(half.count(0) > len(half) * 0.6 for half in halves)
        and not all(half.count(0) > len(half) * 0.6 for half in halves)
    )


def _half(content: bytes) -> str:
    """Which half of UTF-16 a text without a mark is: Latin text begins with a zero in big-endian."""
    return "utf-16-be" if content[:1] == b"\x00" else "utf-16-le"


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
