"""Supportive care in words, for the review and for the plan to freeze."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from treatment.supportive import Action, Answered


@dataclass(frozen=True)
class ActionShown:
    """``answer`` is one word; ``is_open`` where nobody accepted or declined."""

    text: str
    severity: str
    sources: str
    answer: str
    is_open: bool
    reason: str
    due: str


@dataclass(frozen=True)
class GroupShown:
    title: str
    actions: list[ActionShown]


def supportive_shown(
    groups: Sequence[tuple[str, list[Action]]], given: Mapping[str, Answered]
) -> list[GroupShown]:
    return [
        GroupShown(title, [_shown(action, given.get(action.advisory.id)) for action in actions])
        for title, actions in groups
    ]


def _shown(action: Action, answer: Answered | None) -> ActionShown:
    word = "Not answered" if answer is None else "Accepted" if answer.accepted else "Declined"
    return ActionShown(
        text=action.advisory.text,
        severity=action.advisory.severity,
        sources=", ".join(source.number for source in action.advisory.sources),
        answer=word,
        is_open=answer is None,
        reason=answer.reason if answer else "",
        due=date_format(answer.due, "j M Y") if answer and answer.due else "",
    )
