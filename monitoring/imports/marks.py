"""Which sign stands before decimals in a file: its own numbers tell, or nothing does and a person must.

``1,450`` can be 1450 or 1.45. Alone it is refused; beside ``12,5`` it is 1.45, beside ``12.5`` 1450.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from monitoring.results.numbers import (
    FULL_WIDTH,
    START,
    AmbiguousNumberError,
    NumberError,
    Quantity,
    read_quantity,
)

Mark = Literal[".", ",", ""]
MARK_NAMES = {".": "point", ",": "comma"}
OTHER = {".": ",", ",": "."}
# With the sign written as D: what only a decimal sign can be, and what only a sign between thousands can be.
DECIMAL_SHAPES = (
    r"\d+D(?:\d{1,2}|\d{4,})",  # 1D5, 12D25, 0D0625
    r"\d{4,}D\d+",  # 1450D125: nobody groups the first four digits
    r"0\d*D\d+",  # 0D125
    r"[1-9]\d{0,2}(?:T\d{3})+D\d+",  # 1T450D125
)
GROUPS = r"[1-9]\d{0,2}(?:T\d{3}){2,}"  # 1T234T567


@dataclass(frozen=True)
class Settled:
    """The decimal sign ``mark`` ("" if nothing tells) and ``witness``, the number that told.

    ``contradiction`` is a number that says the opposite; then ``mark`` is "".
    """

    mark: Mark
    witness: str = ""
    contradiction: str = ""


def settle(texts: Iterable[str]) -> Settled:
    """What the numbers of one file say together; anything that is no number is passed over."""
    witnesses: dict[Mark, str] = {}
    for text in texts:
        mark = _told_by(text)
        if mark:
            witnesses.setdefault(mark, text)
            if len(witnesses) == len(OTHER):
                break
    if not witnesses:
        return Settled("")
    (mark, witness), *rest = witnesses.items()
    return Settled("", witness, rest[0][1]) if rest else Settled(mark, witness)


def read_with(text: str, mark: Mark) -> Quantity:
    """The number of a file whose decimal sign is ``mark``. Raises NumberError with one sentence."""
    if not mark:
        return _read_alone(text)
    start = START.fullmatch(text.translate(FULL_WIDTH).strip())
    sign, rest = (start.group(1) or "", start.group(2).strip()) if start else ("", text)
    thousands = OTHER[mark]
    if re.fullmatch(_with_signs(r"[1-9]\d{0,2}(?:T\d{3})+(?:D\d+)?", mark), rest, re.ASCII):
        rest = rest.replace(thousands, "")
    elif thousands in rest:
        raise NumberError(
            f"“{text[:40]}” does not fit this file, whose decimal sign is a {MARK_NAMES[mark]}; write it so."
        )
    return read_quantity(sign + _unmistakable(rest, mark))


def _read_alone(text: str) -> Quantity:
    try:
        return read_quantity(text)
    except AmbiguousNumberError as error:
        large, small = (f"{reading:f}" for reading in error.readings)
        raise NumberError(
            f"“{text[:40]}” can be {large} or {small}, and no other number of the file tells which; choose "
            "the decimal sign under Columns."
        ) from error


def _unmistakable(rest: str, mark: Mark) -> str:
    """With a fourth decimal 1,450 is read in one way only."""
    found = re.fullmatch(rf"(\d+){re.escape(mark)}(\d{{3}})", rest, re.ASCII)
    return f"{found[1]}.{found[2]}0" if found else rest


def _told_by(text: str) -> Mark:
    if "." not in text and "," not in text:
        return ""
    start = START.fullmatch(text.strip())
    number = start.group(2).strip() if start else text
    for mark in (".", ","):
        if any(pattern.fullmatch(number) for pattern in _PATTERNS[mark]):
            return mark
    return ""


def _with_signs(shape: str, mark: str) -> str:
    return shape.replace("D", re.escape(mark)).replace("T", re.escape(OTHER[mark]))


_PATTERNS = {
    mark: [re.compile(_with_signs(shape, mark), re.ASCII) for shape in (*DECIMAL_SHAPES, GROUPS)]
    for mark in OTHER
}
