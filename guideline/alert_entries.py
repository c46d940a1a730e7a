"""How an alert is listed and what ends it; what it says is the statement of the same key."""

from dataclasses import dataclass
from typing import Literal

# What a clinician does about it, as a screen may offer it.
Todo = Literal[
    "measure_vegf",
    "scan",
    "examine_nerve",
    "answer_stability",
    "enter_last_fraction",
    "plan_after_radiation",
    "plan",
    "look",
]


@dataclass(frozen=True)
class AlertEntry:
    """One alert of the course, by the key of its statement.

    ``title`` names it in a list. ``absence``: it speaks of what is missing and cannot be acknowledged away;
    it ends with the data or with the closing, for a reason, of a follow-up of one of these kinds. ``first``:
    waiting does harm, so it stands before all others. ``instead_of`` are alerts about the same fact that are
    not raised beside it.
    """

    key: str
    title: str
    todo: Todo
    sources: tuple[str, ...]
    absence: bool = False
    first: bool = False
    follow_ups: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
