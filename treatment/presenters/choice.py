"""A choice for its pages: the options of the sequence as they stand, and what a second clinician said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime

from treatment.choice import Chosen, Exclusion, label_of
from treatment.models import AbsoluteException, ExceptionAnswer
from treatment.presenters.decision import DecisionShown, OptionShown
from treatment.words import BESIDE

NOT_WEIGHED = "The guideline has no arguments about it"


@dataclass(frozen=True)
class ExceptionShown:
    """A question to a second clinician and its answer, in words."""

    id: UUID
    options: list[str]
    arguments: list[str]
    text: str
    asked_by: str
    asked_at: datetime
    answer: str
    answer_word: str
    answer_text: str
    answered_by: str
    answered_at: datetime | None


def chosen_shown(
    chosen: Chosen | None, excluding: Sequence[Exclusion], decision: DecisionShown
) -> list[OptionShown]:
    """The chosen options as the page shows options, also those beside the guideline's."""
    if chosen is None:
        return []
    weighed = {option.id: option for option in decision.options}
    return [weighed.get(option) or _beside(option, chosen, excluding, decision) for option in chosen.options]


def _beside(
    option: str, chosen: Chosen, excluding: Sequence[Exclusion], decision: DecisionShown
) -> OptionShown:
    rules = {one.argument.rule for one in excluding if one.option == option}
    against = {
        argument.rule: argument
        for weighed in decision.options
        for argument in weighed.against
        if argument.rule in rules
    }
    return OptionShown(
        id=option,
        label=label_of(option, chosen.name),
        status="beside",
        rank=0,
        is_step=False,
        why=NOT_WEIGHED,
        rule_in_words="",
        status_rule="",
        sources=[],
        in_favour_of=[],
        against=list(against.values()),
        absolute=bool(rules),
        needs_reason=True,
    )


def beside_only(shown: Sequence[OptionShown]) -> list[OptionShown]:
    """Those that no decision holds, for the plan to freeze."""
    return [option for option in shown if option.id in BESIDE]


def exception_shown(exception: AbsoluteException, name: str = "") -> ExceptionShown:
    """``name`` is that of another regimen or trial."""
    return ExceptionShown(
        id=exception.pk,
        options=[label_of(option, name) for option in exception.options],
        arguments=list(dict.fromkeys(one["text"] for one in exception.arguments)),
        text=exception.text,
        asked_by=exception.recorded_by.full_name,
        asked_at=exception.recorded_at,
        answer=exception.answer,
        answer_word=ExceptionAnswer(exception.answer).label if exception.answer else "Not answered yet",
        answer_text=exception.answer_text,
        answered_by=exception.answered_by.full_name if exception.answered_by else "",
        answered_at=exception.answered_at,
    )


def exception_frozen(exception: AbsoluteException, name: str = "") -> dict[str, Any]:
    """The same as plain data for a signed plan, times in words."""
    shown = exception_shown(exception, name)
    return {
        "arguments": shown.arguments,
        "text": shown.text,
        "asked_by": shown.asked_by,
        "answered_by": shown.answered_by,
        "answered_at": _time(shown.answered_at) if shown.answered_at else "",
        "answer_text": shown.answer_text,
    }


def _time(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y, H:i")
