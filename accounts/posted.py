"""How numbers are read that a page itself put into a form or an address: anything may come back."""


def whole_number(text: str, *, below: int = 2**31) -> int:
    """The number of a row, page or version; 0, which none of them has, for text that is no number ``below``.

    Length is looked at first: Python refuses to read thousands of digits with an error.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(below))
    number = int(text) if is_number else 0
    return number if number < below else 0
