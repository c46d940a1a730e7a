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

from treatment.documents.printable import MARK, printable_data

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
# A compiler serves one thread at a time.
ONE_AT_A_TIME = Lock()


def compile_pdf(template: str, data: Mapping[str, Any], *, paper: str, at: datetime) -> bytes:
    """The PDF of ``template`` with ``data``; the same input gives the same bytes. ``at`` is its date."""
    shown = printable_data(dict(data))
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
