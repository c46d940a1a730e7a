"""Which examinations of a plan go on under the plan that takes its place. Pure: places, words and states."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EXAMINATION = ("title", "month", "anchor")
IDENTITY = (*EXAMINATION, "anchored_on")
WINDOW = ("earliest", "due", "latest")
PLANNED, CANCELLED = "planned", "cancelled"


@dataclass(frozen=True)
class Succession:
    """``going_on`` leads from a place in the old plan's list to the place in the new one's."""

    going_on: Mapping[int, int]

    @property
    def filled(self) -> frozenset[int]:
        """The places of the new plan's list for which nothing new is needed."""
        return frozenset(self.going_on.values())


def succession(
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    states: Mapping[int, str],
    late: Collection[int] = (),
) -> Succession:
    """Match the frozen follow-ups of two plans; ``states`` are those of the old plan's items by place.

    The same examination is the same words, month and day counted from. It goes on if its window is as it was
    planned, or if it has ended: what was done or declined is not asked for again. An open one with another
    window or another person who answers for it is planned anew, so that the new plan holds.

    ``late`` are the old plan's open items whose window has closed. A new plan does not propose them again,
    and a signature does not make them done: they go on behind the new list, until somebody closes each with
    a reason. Only what the new plan asks for on another day, counted from an event that moved, is replaced.
    """
    places = {_key(item, IDENTITY): place for place, item in enumerate(before)}
    going_on: dict[int, int] = {}
    for place, item in enumerate(after):
        old = places.get(_key(item, IDENTITY))
        state = states.get(old) if old is not None else None
        if old is None or old in going_on or state in (None, CANCELLED):
            continue
        if state != PLANNED or (
            _key(before[old], WINDOW) == _key(item, WINDOW) and _same_person(before[old], item)
        ):
            going_on[old] = place
    asked_again = {_key(item, EXAMINATION) for item in after}
    behind = [
        place
        for place in sorted(late)
        if place not in going_on
        and (place >= len(before) or _key(before[place], EXAMINATION) not in asked_again)
    ]
    return Succession(going_on | {place: len(after) + more for more, place in enumerate(behind)})


def _same_person(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether the same person answers for it; plans that named nobody say nothing about it."""
    return old.get("responsible") in (None, new.get("responsible"))


def _key(item: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(item[name] for name in names)
