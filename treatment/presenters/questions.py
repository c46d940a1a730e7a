"""The questions of a step as the form shows them: what is chosen, where it comes from, what went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

from guideline.fact_table import FACT
from treatment.facts import Prefill
from treatment.forms.answers import LESION_COUNT, UNKNOWN, Given, choices_of, field_name, word_of
from treatment.models import Answer
from treatment.queries import DraftContents
from treatment.wizard.steps import Section, Step
from treatment.words import UNITS, number_in_words, value_in_words


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class QuestionShown:
    """One question. ``choices`` is empty for a number, which has ``typed`` and the boxes beside it.

    ``note`` says where a value comes from, ``error`` why the last one was not taken.
    """

    question: str
    name: str
    label: str
    hint: str
    choices: list[Choice]
    typed: str
    is_unknown: bool
    none_found: bool
    counts: bool
    unit: str
    version: int
    note: str
    error: str
    wide: bool


@dataclass(frozen=True)
class SectionShown:
    """A section with its questions, or with the sentence why it is skipped."""

    key: str
    title: str
    questions: list[QuestionShown]
    skipped: str


@dataclass(frozen=True)
class Troubles:
    """What a submitted form could not do: ``typed`` is what was posted, ``sentences`` are by question."""

    typed: Mapping[str, Any] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)


NO_TROUBLES = Troubles()


def sections_shown(
    step: Step,
    contents: DraftContents,
    prefills: Mapping[str, Prefill],
    troubles: Troubles = NO_TROUBLES,
) -> list[SectionShown]:
    """The step's sections for a draft, in their order; skipped ones say why."""
    shown = []
    for section in step.sections:
        skipped = "" if section.matters(contents.facts) else section.skipped
        shown.append(
            SectionShown(
                section.key,
                section.title,
                [] if skipped else _questions(section, contents, prefills, troubles),
                skipped,
            )
        )
    return shown


def conflict_sentence(question: str, current: Answer, said: Given | None) -> str:
    """What happened when two people, or two tabs, answered the same question."""
    theirs = value_in_words(question, current.value)
    yours = value_in_words(question, said.value) if said else "nothing"
    at = date_format(current.recorded_at, "j F Y, H:i")
    return (
        f"{current.recorded_by.full_name} answered “{theirs}” on {at}, after you opened this page. "
        f"Your answer “{yours}” was not saved; answer again to replace theirs."
    )


def _questions(
    section: Section, contents: DraftContents, prefills: Mapping[str, Prefill], troubles: Troubles
) -> list[QuestionShown]:
    return [
        _question(question, contents.answers.get(question), prefills.get(question), troubles)
        for question in section.questions
    ]


def _question(
    question: str, answer: Answer | None, prefill: Prefill | None, troubles: Troubles
) -> QuestionShown:
    definition = FACT[question]
    error = troubles.sentences.get(question, "")
    given = _given(answer, prefill)
    name = field_name(question)
    is_number = definition.kind in ("integer", "number")
    counts = question == LESION_COUNT
    typed, is_unknown, none_found = _number_parts(given, counts=counts) if is_number else ("", False, False)
    if error and is_number and name in troubles.typed:  # keep what was typed until it is right
        typed, is_unknown, none_found = _as_posted(troubles.typed, name)
    word = word_of(given)
    return QuestionShown(
        question=question,
        name=name,
        label=definition.label,
        hint=definition.hint or "",
        choices=[]
        if is_number
        else [Choice(value, label, value == word) for value, label in choices_of(definition)],
        typed=typed,
        is_unknown=is_unknown,
        none_found=none_found,
        counts=counts,
        unit=UNITS.get(definition.unit or "", definition.unit or ""),
        version=answer.version if answer else 0,
        note=_note(question, answer, prefill),
        error=error,
        wide=question == "line" or question.startswith("prior."),
    )


def _given(answer: Answer | None, prefill: Prefill | None) -> Given | None:
    if answer is not None:
        return Given(answer.value)
    return Given(prefill.value) if prefill is not None and prefill.current else None


def _number_parts(given: Given | None, *, counts: bool) -> tuple[str, bool, bool]:
    if given is None:
        return "", False, False
    if given.value is None:
        return "", True, False
    if counts and given.value == 0:
        return "", False, True
    return number_in_words(given.value), False, False


def _as_posted(data: Mapping[str, Any], name: str) -> tuple[str, bool, bool]:
    return str(data.get(name, "")), f"{name}-{UNKNOWN}" in data, f"{name}-none" in data


def _note(question: str, answer: Answer | None, prefill: Prefill | None) -> str:
    if answer is not None:
        return f"From {_day(answer.source_on)}, {answer.source}" if answer.source else ""
    if prefill is None:
        return ""
    if prefill.current:
        return f"From {_day(prefill.on)}, {prefill.source}; kept when you go on"
    words = value_in_words(question, prefill.value)
    why = "from before the last progression" if prefill.superseded else "too old to be taken over"
    return f"“{words}” on {_day(prefill.on)}, {prefill.source}: {why}, please answer anew"


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
