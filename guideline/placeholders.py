"""Sentences with named holes: ``{egfr_low}`` stands for the threshold, ``{patient.sex}`` for the fact."""

import re
from functools import cache

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


@cache
def pieces_of(template: str) -> tuple[str, ...]:
    """The template cut at its placeholders: text, name, text, name, and text at the end."""
    return tuple(_PLACEHOLDER.split(template))


def placeholders_of(template: str) -> tuple[str, ...]:
    """The names in the order of the sentence, each once."""
    return tuple(dict.fromkeys(pieces_of(template)[1::2]))
