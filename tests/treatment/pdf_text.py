"""The words of a PDF as typst writes it, read back by the map from glyphs to letters that it carries."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PIECE = re.compile(
    rb"/(f\d+) [\d.]+ Tf|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<([0-9A-F]+)>", re.DOTALL | re.IGNORECASE
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without any white space: lines end where typst likes."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b", body)]
    return [_page(body, objects) for body in pages]


def words(text: str) -> str:
    """A text as ``pages_of`` gives it."""
    return "".join(text.split())


def _page(page: bytes, objects: dict[int, bytes]) -> str:
    fonts = {
        name: _letters(objects[int(number)], objects)
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", _resources(page, objects))
    }
    found, font = [], b""
    text = b"\n".join(re.findall(rb"BT.*?ET\n", _stream(_named(page, b"Contents", objects)), re.DOTALL))
    for name, literal, digits in PIECE.findall(text):
        font = name or font
        codes = bytes.fromhex(digits.decode()) if digits else _unescaped(literal)
        found += [fonts[font][codes[at : at + 2]] for at in range(0, len(codes), 2)]
    return words("".join(found))


def _resources(page: bytes, objects: dict[int, bytes]) -> bytes:
    return _named(page, b"Resources", objects)


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[bytes, str]:
    """The letters of each glyph."""
    table = _stream(_named(font, b"ToUnicode", objects))
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
    return {
        bytes.fromhex(glyph.decode()): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in pairs
    }


def _named(body: bytes, key: bytes, objects: dict[int, bytes]) -> bytes:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert found, f"no {key!r} in {body[:200]!r}"
    return objects[int(found[1])]


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    assert found
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]


def _unescaped(literal: bytes) -> bytes:
    return ESCAPE.sub(
        lambda found: bytes([int(found[1], 8)]) if found[1].isdigit() else LETTERS.get(found[1], found[1]),
        literal,
    )
