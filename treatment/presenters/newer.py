"""The differences between record and draft in words, each with what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from treatment.ageing import day_of
from treatment.newer import Newer
from treatment.presenters.evidence import FactShown, fact_shown
from treatment.presenters.questions import origin_in_words
from treatment.words import NOT_KNOWN, value_in_words


@dataclass(frozen=True)
class NewerShown:
    """One row. ``here`` and ``recorded`` are values, with their day and source in words beside them.

    ``lapsed`` says that an answer is too old to stand without a look; then there is nothing to take over.
    """

    fact: FactShown
    key: str
    here: str
    here_from: str
    recorded: str
    recorded_from: str
    lapsed: str


def newer_shown(found: Sequence[Newer]) -> list[NewerShown]:
    return [_shown(one) for one in found]


def _shown(one: Newer) -> NewerShown:
    answer = one.answer
    fact = fact_shown(one.path, answer.value if answer else None)
    return NewerShown(
        fact=fact,
        key=one.key,
        here=fact.value if answer else f"{NOT_KNOWN} (not answered)",
        here_from=_origin(one),
        recorded=value_in_words(one.path, one.recorded.value) if one.recorded else "nothing",
        recorded_from=f"{one.recorded.on:%-d %b %Y}, {one.recorded.source}" if one.recorded else "",
        lapsed=_lapsed(one.lapsed_after) if answer else "",
    )


def _lapsed(days: int | None) -> str:
    if days is None:
        return ""
    return f"more than {days} days old" if days else "asked anew on the day of the signature"


def _origin(one: Newer) -> str:
    """Where the draft's answer comes from: the record of then, or who gave it."""
    if one.answer is None:
        return ""
    if one.answer.source:
        return origin_in_words(one.answer)
    day = date_format(day_of(one.answer), "j F Y")
    return f"{day}, {one.answer.recorded_by.full_name}"
