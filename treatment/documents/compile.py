"""Typst: from data to the bytes of an accessible, archivable PDF."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from treatment.documents.printable import MARK, plain, printable, printable_data, without_marks

FOLDER = Path(__file__).parent
# Packages that hold font files and nothing we run; page.typ names their families in the order of preference.
FONTS = (
    "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_devanagari",
    "fontpkg_hind_siliguri",
    "fontpkg_noto_sans_tamil",
    "fontpkg_noto_sans_telugu",
    "fontpkg_noto_sans_khmer",
    "fontpkg_noto_sans_thai",
    "cvttf_NotoSansCJK_Regular",
)
# How text is made printable, the most faithful way first: fonts agree on letters, not on every pile of marks.
WAYS = (printable, without_marks, plain)
# What typst says where no font has a letter, or a letter with that mark on it.
NO_FONT = "could not be displayed"
# A compiler serves one thread at a time.
ONE_AT_A_TIME = Lock()


def compile_pdf(template: str, data: Mapping[str, Any], *, paper: str, at: datetime) -> bytes:
    """The PDF of ``template`` with ``data``; the same input gives the same bytes. ``at`` is its date.

    What no font can print is marked as such: a strange name must not keep anybody from signing a plan.
    """
    for way in WAYS[:-1]:
        try:
            return _compiled(template, printable_data(dict(data), way), paper=paper, at=at)
        except typst.TypstError as error:
            if NO_FONT not in str(error):
                raise
    return _compiled(template, printable_data(dict(data), WAYS[-1]), paper=paper, at=at)


def _compiled(template: str, shown: dict[str, Any], *, paper: str, at: datetime) -> bytes:
    text = json.dumps(shown, ensure_ascii=False)
    inputs = {"paper": paper, "data": json.dumps(shown | {"marked": MARK in text})}
    with ONE_AT_A_TIME:
        made = _compiler().compile(
            input=str(FOLDER / template),
            format="pdf",
            sys_inputs=inputs,
            # Accessible, and kept for decades: typst refuses to write what breaks either.
            pdf_standards=["ua-1", "a-2a"],
            timestamp=int(at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single PDF")
    return made


@cache
def _compiler() -> typst.Compiler:
    """Only the folder's own files, the fonts inside typst and the pinned ones: the same on every machine."""
    fonts = [str(files(package)) for package in FONTS]
    return typst.Compiler(root=str(FOLDER), ignore_system_fonts=True, font_paths=fonts)
