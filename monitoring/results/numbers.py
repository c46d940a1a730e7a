"""Numbers as clinicians type them: read exactly, or refused with one sentence. Nothing is guessed.

``1.5`` and ``1,5`` have one reading each. ``1,450`` has two, a thousandfold apart, and so has ``1.450``:
half of the world's laboratories group thousands with the sign the other half puts before decimals.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from monitoring.results.number_words import in_words

COMPARATORS = {"<": "<", "≤": "<=", "<=": "<=", ">": ">", "≥": ">=", ">=": ">="}
MOST_WHOLE_DIGITS = 12
MOST_DECIMALS = 6  # what the database keeps exactly

# Signs of East Asian keyboards that mean the same. Nothing else is translated: ² is not 2.
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，＜＞－", "0123456789.,<>-")  # noqa: RUF001 - they are meant
START = re.compile(r"(<=|>=|[<>≤≥])?\s*(.*)", re.DOTALL)
PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?", re.ASCII)
TWO_READINGS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})", re.ASCII)
BOTH_SIGNS = re.compile(r"([1-9]\d{0,2}),(\d{3})\.(\d+)|([1-9]\d{0,2})\.(\d{3}),(\d+)", re.ASCII)
# Each part has an end: dots fit three of them, and a long row of dots would be divided in every possible way.
RANGE = re.compile(
    r"[\d.,]{1,20}\s{0,5}(?:-|–|—|to|\.{2,5})\s{0,5}[\d.,]{1,20}",  # noqa: RUF001 - dashes that reports print
    re.ASCII,
)


@dataclass(frozen=True)
class Quantity:
    """A number and what stood before it: "" (exact), <, <=, > or >=."""

    number: Decimal
    comparator: str = ""


class NumberError(ValueError):
    """What was typed is no number; the message is the sentence for the person who typed it."""


class AmbiguousNumberError(NumberError):
    """What was typed has two ``readings``, the larger first; ``comparator`` is what stood before it."""

    def __init__(self, typed: str, readings: tuple[Decimal, Decimal]) -> None:
        self.readings = readings
        self.comparator = ""
        large, small = readings
        super().__init__(
            f"{typed} can be {in_words(int(large))} or {shown(small)}; type {large} or {shown(small)}."
        )


def read_quantity(typed: str) -> Quantity:
    """The number with its comparator, exactly. Raises NumberError or AmbiguousNumberError."""
    start = START.fullmatch(typed.translate(FULL_WIDTH).strip())
    sign, rest = (start.group(1), start.group(2).strip()) if start else (None, "")
    if sign and not rest:
        raise NumberError(f"{typed.strip()} names no number; type one after it, as in {sign}20.")
    comparator = COMPARATORS[sign] if sign else ""
    try:
        return Quantity(read_number(rest), comparator)
    except AmbiguousNumberError as error:
        error.comparator = comparator
        raise


def read_number(typed: str) -> Decimal:
    """The number, exactly. Raises NumberError, or AmbiguousNumberError with both readings."""
    text = typed.translate(FULL_WIDTH).strip()
    if TWO_READINGS.fullmatch(text):
        whole, decimals = re.split("[.,]", text)
        raise AmbiguousNumberError(text, (Decimal(whole + decimals), _trimmed(f"{whole}.{decimals}")))
    if both := BOTH_SIGNS.fullmatch(text):
        thousands, hundreds, decimals = (part for part in both.groups() if part is not None)
        text = f"{thousands}{hundreds}.{decimals}"
    if not PLAIN.fullmatch(text):
        raise NumberError(_why_not(text))
    return _fitting(text.replace(",", "."))


def shown(number: Decimal) -> str:
    """The number in digits without trailing zeros; from five digits on in groups of three: 13 867."""
    return digits_shown(f"{number:f}")


def digits_shown(digits: str) -> str:
    """The same for a number that is text already."""
    whole, _, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    if len(whole) > len("1450"):
        whole = f"{int(whole):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"{whole}.{decimals}" if decimals else whole


def typed_again(number: Decimal) -> str:
    """The number as a form shows it for correction; ``read_number`` reads it back in one way only."""
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    # A fourth decimal makes 1.2340 readable in one way; 1.234 alone would be asked again.
    three = len(decimals) == len("000")
    return f"{whole}.{decimals}{'0' if three else ''}" if decimals else whole


def _fitting(text: str) -> Decimal:
    whole, _, decimals = text.partition(".")
    if len(whole.lstrip("0")) > MOST_WHOLE_DIGITS or len(decimals.rstrip("0")) > MOST_DECIMALS:
        raise NumberError(
            f"{text[:40]} is too long: at most {MOST_WHOLE_DIGITS} digits before the point "
            f"and {MOST_DECIMALS} after it are kept."
        )
    return _trimmed(text)


def _trimmed(text: str) -> Decimal:
    number = Decimal(text)
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def _why_not(text: str) -> str:
    """One sentence on what is wrong with a text that is no number."""
    quoted = f"“{text[:40]}”"
    if re.match(r"[-−–]", text):  # noqa: RUF001 - the minus signs that people paste
        return f"{quoted} is negative; a result is 0 or more."
    if RANGE.fullmatch(text):
        return f"{quoted} is a range; type one number, or a bound such as <20."
    if text.count(",") > 1 or text.count(".") > 1:
        sign = "commas" if text.count(",") > 1 else "points"
        return f"{quoted} has two or more {sign}; type digits with at most one decimal point, as in 1450.5."
    if any(character.isalpha() or character in "%/µ^*" for character in text):
        return f"{quoted} holds more than a number; type digits only, the unit has its own field."
    if re.search(r"\d\s+\d", text):
        return f"{quoted} has a space inside; type the digits together, as in 1450."
    return f"{quoted} is not a number; type digits with at most one decimal point, as in 1450.5 or <20."
