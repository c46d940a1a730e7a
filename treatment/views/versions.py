"""The version of an answer that a form was looking at."""

from django.http import QueryDict

from accounts.posted import whole_number


def posted_version(data: QueryDict, name: str) -> int:
    """The version in the hidden field ``name``; 0, older than every answer, if it holds no number."""
    return whole_number(data.get(name, ""))
