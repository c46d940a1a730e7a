"""Bytes become a table, or one sentence says why not."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from monitoring.imports.files.content import Layout, find_layout, read_table
from monitoring.imports.files.table import FileError
from monitoring.imports.files.text import DELIMITERS
from tests.monitoring.imports.files import with_part, workbook

ENTITY_BOMB = b"""<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""
SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook(["Patient", "Value"], ["A-1", 5])


def read(content: bytes) -> list[list[object]]:
    return [list(row.cells) for row in read_table(content, find_layout(content)).rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
def test_micro_and_umlauts_survive_every_encoding(encoding: str) -> None:
    text = "Patient;Unit;Name\n" + "A-1;µg/L;Müller\n" * 3
    assert read(text.encode(encoding))[0] == ["A-1", "µg/L", "Müller"]


@given(st.sampled_from([*DELIMITERS]), st.lists(st.decimals(0, 9999, places=2), min_size=2, max_size=8))
def test_the_delimiter_is_found_whatever_sign_stands_before_decimals(
    delimiter: str, numbers: list[Decimal]
) -> None:
    mark = "." if delimiter == "," else ","
    lines = [delimiter.join(["A-1", str(number).replace(".", mark), "pg/mL"]) for number in numbers]
    content = "\n".join([delimiter.join(["Patient", "Value", "Unit"]), *lines]).encode()
    assert find_layout(content).delimiter == delimiter


def test_quoted_line_breaks_keep_the_lines_counted_as_an_editor_does() -> None:
    content = b'a,b\n"x\ny",1\nz,2'
    assert [row.line for row in read_table(content, find_layout(content)).rows] == [2, 4]


def test_a_hint_of_the_delimiter_is_no_row() -> None:
    assert read(b"sep=;\na;b\n1;2") == [["1", "2"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n  \n", "empty"),
        (b"a,b\n", "no row below"),
        (b"just one\ncolumn\n", "Only one column"),
        (b"a,b\n1,\x002", "NUL"),
        (b"a,A\n1,2", "both called"),
        (b'a,b\n"1,2\n3,4', "quotation mark"),
        (b"a,b\n" + b"x" * 3000 + b",1", "3,000 characters"),
        (",".join(map(str, range(101))).encode() + b"\n1", "101 cells"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or protected"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 no archive", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_part(GOOD, SHEET, ENTITY_BOMB), "XML entities"),
        (with_part(GOOD, SHEET, b"0" * (101 * 1024 * 1024)), "100 MB"),
        (with_part(GOOD, "../../etc/passwd", b"x"), "outside of itself"),
        (with_part(GOOD, "xl/externalLinks/externalLink1.xml", b"<x/>"), "other files"),
        (with_part(GOOD, "xl/vbaProject.bin", b"x"), "macros"),
        (with_part(GOOD, SHEET, b"<worksheet"), "damaged"),
    ],
    ids=["entities", "zip bomb", "path", "external link", "macros", "broken XML"],
)
def test_traps_in_spreadsheets_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read(content)


def test_a_formula_without_a_stored_result_is_refused_and_never_computed() -> None:
    content = workbook(["Patient", "Value"], ["A-1", "=1+1"])
    with pytest.raises(FileError, match="B2 holds a formula without a stored result"):
        read(content)


def test_cells_of_a_spreadsheet_keep_their_kind() -> None:
    day = datetime(2026, 1, 5, 8, 30)  # noqa: DTZ001 - spreadsheets know no zones
    rows = read(workbook(["Patient", "Value", "Date"], ["0012", 1.45, day], ["A-2", 1450, "2026"]))
    assert rows == [["0012", Decimal("1.45"), day], ["A-2", Decimal(1450), "2026"]]


def test_a_number_shown_with_leading_zeros_keeps_them() -> None:
    def show_zeros(sheet) -> None:
        sheet["A2"].number_format = "000000"

    assert read(workbook(["Patient", "Value"], [1001, 5], change=show_zeros))[0][0] == "001001"


def test_a_wrong_encoding_chosen_by_hand_is_refused_not_garbled() -> None:
    with pytest.raises(FileError, match="is not Unicode"):
        read_table("a,b\nä,1".encode("cp1252"), Layout("text", "utf-8", ","))
