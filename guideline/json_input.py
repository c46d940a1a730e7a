"""Strict JSON: what is ambiguous, oversized or not JSON is refused in one sentence, nothing is guessed.

Whole numbers come back as ``int``, every other number as ``decimal.Decimal`` exactly as written
(never ``float``), so that a boundary of 13.0 is a boundary of 13.0.
"""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from guideline.errors import InputError

MAX_BYTES = 5_000_000
MAX_DEPTH = 60
MAX_DIGITS = 40
MAX_EXPONENT = 300
MAX_SHOWN = 60

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
# Escapes of UTF-16 surrogates; an escaped backslash before a u is not one, and is taken away with the pairs.
_WHOLE_PAIR = re.compile(r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_BRACKET = re.compile(r"[\[\]{}]")


def read_json(document: str | bytes) -> object:
    """Parse one JSON document given as text or as UTF-8 bytes.

    Raises ``InputError`` for more than 5 MB, bytes that are not UTF-8, anything that is not JSON,
    a key given twice in one object, ``NaN`` and ``Infinity``, numbers too long or too large to be
    held exactly, nesting deeper than 60 levels, and half a surrogate pair, which is no character.
    """
    text = _as_text(document)
    _refuse_deep_nesting(text)
    _refuse_half_characters(text)
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object_without_repeats,
        )
    except json.JSONDecodeError as error:
        raise InputError(
            "", "text that is not JSON", f"line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error


def shown(value: object) -> str:
    """The value as its sender would recognise it, shortened, for an error message."""
    text = str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _as_text(document: str | bytes) -> str:
    if len(document) > MAX_BYTES:
        raise InputError("", "a document of more than 5 MB", "send it in smaller parts")
    if isinstance(document, str):
        return document.removeprefix("\ufeff")
    try:
        return document.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("", f"the byte at position {error.start}", "the text must be UTF-8") from error


def _refuse_deep_nesting(text: str) -> None:
    """Count brackets outside strings first: the parser itself would exhaust the stack."""
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > MAX_DEPTH:
            raise InputError("", "nesting this deep", f"at most {MAX_DEPTH} levels are read")


def _refuse_half_characters(text: str) -> None:
    """What is read is printed again as UTF-8, which has no place for them."""
    found = _HALF.search(_WHOLE_PAIR.sub(" ", text))
    if found:
        raise InputError("", found.group(), "half of a surrogate pair is no character")


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise InputError("", f"a number of {len(digits)} digits", f"numbers have at most {MAX_DIGITS} digits")
    return int(digits)


def _decimal(digits: str) -> Decimal:
    if len(digits) > MAX_DIGITS:
        raise InputError(
            "", f"a number of {len(digits)} characters", f"numbers have at most {MAX_DIGITS} characters"
        )
    try:
        number = Decimal(digits)
    except InvalidOperation as error:
        raise InputError("", digits, "the number is too large to be held") from error
    if number and abs(number.adjusted()) > MAX_EXPONENT:
        raise InputError("", digits, "the number is too large or too small to be held")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise InputError("", name, "a number must be finite; write null where it is not known")


def _object_without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(shown(key), "the same key twice", "each key may be given once in an object")
        found[key] = value
    return found
