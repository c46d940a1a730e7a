"""Whole numbers below a million in words, so that a slip by a thousand is heard."""

SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
THOUSAND = 1000
HUNDRED = 100


def in_words(number: int) -> str:
    """``1450`` as *one thousand four hundred fifty*. Raises ValueError below 0 and from a million on."""
    if not 0 <= number < THOUSAND * THOUSAND:
        raise ValueError(f"{number} is not spelled out here; give 0 to 999 999")
    thousands, rest = divmod(number, THOUSAND)
    if not thousands:
        return _below_thousand(rest)
    return f"{_below_thousand(thousands)} thousand" + (f" {_below_thousand(rest)}" if rest else "")


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, HUNDRED)
    if not hundreds:
        return _below_hundred(rest)
    return f"{SMALL[hundreds]} hundred" + (f" {_below_hundred(rest)}" if rest else "")


def _below_hundred(number: int) -> str:
    if number < len(SMALL):
        return SMALL[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{SMALL[ones]}" if ones else "")
