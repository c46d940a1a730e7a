"""The version of an answer that a form was looking at."""

from django.http import QueryDict

MOST_DIGITS = 9


def posted_version(data: QueryDict, name: str) -> int:
    """The version in the hidden field ``name``; 0, older than every answer, if it holds no number."""
    text = data.get(name, "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0
