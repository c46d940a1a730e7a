"""What a file is, by its content and never by its name, and how it is read."""

from dataclasses import dataclass, replace
from typing import Literal

from monitoring.imports.files import spreadsheet, text
from monitoring.imports.files.table import FileError, Table

MOST_BYTES = 10 * 1024 * 1024
ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"

Kind = Literal["text", "spreadsheet"]


@dataclass(frozen=True)
class Layout:
    """How the bytes become a table; what does not apply to the kind is ""."""

    kind: Kind
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def find_layout(content: bytes) -> Layout:
    """The layout as far as the file tells it. Raises FileError for what is no table."""
    if not content.strip():
        raise FileError("The file is empty: there is neither a header nor a row.")
    if len(content) > MOST_BYTES:
        raise FileError(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB; split it and import the parts."
        )
    if content.startswith(OLD_OFFICE):
        raise FileError(
            "This is an old or protected Office file; save it as .xlsx without a password, or as CSV."
        )
    if content.startswith(PDF):
        raise FileError("This is a PDF; ask the laboratory for a table (CSV or XLSX).")
    if content.startswith(ZIP):
        return Layout("spreadsheet", sheet=spreadsheet.sheet_names(content)[0])
    encoding = text.find_encoding(content)
    return Layout("text", encoding, text.find_delimiter(text.decoded(content, encoding)))


def read_table(content: bytes, layout: Layout) -> Table:
    """The table as ``layout`` says. Raises FileError."""
    if layout.kind == "spreadsheet":
        return spreadsheet.read_sheet(content, layout.sheet)
    return text.read_text(text.decoded(content, layout.encoding), layout.delimiter)


def with_encoding(content: bytes, layout: Layout, encoding: str) -> Layout:
    """The layout for another encoding, with the delimiter that its text shows. Raises FileError."""
    return replace(layout, encoding=encoding, delimiter=text.find_delimiter(text.decoded(content, encoding)))


def sheets_of(content: bytes) -> list[str]:
    """The names of a spreadsheet's sheets."""
    return spreadsheet.sheet_names(content)
