"""The questions of a step as the form shows them: what is chosen, where it comes from, what went wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

from approval.words import UNITS
from guideline.fact_table import FACT
from treatment.ageing import day_of
from treatment.facts import Prefill
from treatment.forms.answers import LESION_COUNT, UNKNOWN, Given, choices_of, field_name, word_of
from treatment.models import Answer
from treatment.queries import DraftContents
from treatment.wizard.steps import Section, Step
from treatment.words import number_in_words, value_in_words


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class QuestionShown:
    """One question. ``choices`` is empty for a number, which has ``typed`` and the boxes beside it.

    ``note`` says where a value comes from, ``error`` why the last one was not taken. ``older`` is a value in
    words that is too old to count, of the record or of this draft; it can be confirmed as still true.
    ``beside`` is what the record tells without answering.
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
    older: str
    older_seen: str
    beside: Sequence[str]
    error: str
    wide: bool


@dataclass(frozen=True)
class SectionShown:
    """A section with its questions, or with the sentence why it is skipped.

    ``anchors`` are the fields of the questions that are not asked: a link to one leads to the sentence.
    """

    key: str
    title: str
    questions: list[QuestionShown]
    skipped: str
    anchors: list[str]


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
    beside: Mapping[str, Sequence[str]],
    troubles: Troubles = NO_TROUBLES,
) -> list[SectionShown]:
    """The step's sections for a draft, in their order; skipped ones say why."""
    return [
        _skipped(section)
        if not section.matters(contents.facts)
        else SectionShown(
            section.key,
            section.title,
            [
                question_shown(question, contents, prefills, beside, troubles)
                for question in section.questions
            ],
            "",
            [],
        )
        for section in step.sections
    ]


def conflict_sentence(question: str, current: Answer, said: Given | None) -> str:
    """What happened when two people, or two tabs, answered the same question."""
    theirs = value_in_words(question, current.value)
    yours = value_in_words(question, said.value) if said else "nothing"
    at = date_format(current.recorded_at, "j F Y, H:i")
    return (
        f"{current.recorded_by.full_name} answered “{theirs}” on {at}, after you opened this page. "
        f"Your answer “{yours}” was not saved; answer again to replace theirs."
    )


def question_shown(
    question: str,
    contents: DraftContents,
    prefills: Mapping[str, Prefill],
    beside: Mapping[str, Sequence[str]],
    troubles: Troubles = NO_TROUBLES,
) -> QuestionShown:
    """One question as the draft and the record stand."""
    definition = FACT[question]
    answer, prefill = contents.answers.get(question), prefills.get(question)
    error = troubles.sentences.get(question, "")
    name = field_name(question)
    parts = _parts(question, _given(answer, prefill))
    if error and not parts.choices and name in troubles.typed:  # keep what was typed until it is right
        parts = _as_posted(troubles.typed, name)
    return QuestionShown(
        question=question,
        name=name,
        label=definition.label,
        hint=definition.hint or "",
        choices=parts.choices,
        typed=parts.typed,
        is_unknown=parts.is_unknown,
        none_found=parts.none_found,
        counts=question == LESION_COUNT,
        unit=UNITS.get(definition.unit or "", definition.unit or ""),
        version=answer.version if answer else 0,
        note=_note(answer, prefill),
        older=_older(question, contents, prefill),
        older_seen=seen_as(contents.answers.get(question), prefill),
        beside=beside.get(question, ()),
        error=error,
        wide=question == "line" or question.startswith("prior."),
    )


def _skipped(section: Section) -> SectionShown:
    anchors = [field_name(question) for question in section.questions]
    return SectionShown(section.key, section.title, [], section.skipped, anchors)


@dataclass(frozen=True)
class _Parts:
    """What the controls of one question say."""

    choices: list[Choice]
    typed: str = ""
    is_unknown: bool = False
    none_found: bool = False


def _given(answer: Answer | None, prefill: Prefill | None) -> Given | None:
    if answer is not None:
        return Given(answer.value)
    return Given(prefill.value) if prefill is not None and prefill.current else None


def _parts(question: str, given: Given | None) -> _Parts:
    definition = FACT[question]
    if definition.kind not in ("integer", "number"):
        word = word_of(given)
        return _Parts([Choice(value, label, value == word) for value, label in choices_of(definition)])
    if given is None:
        return _Parts([])
    if given.value is None:
        return _Parts([], is_unknown=True)
    if question == LESION_COUNT and given.value == 0:
        return _Parts([], none_found=True)
    return _Parts([], typed=number_in_words(given.value))


def _as_posted(data: Mapping[str, Any], name: str) -> _Parts:
    return _Parts([], str(data.get(name, "")), f"{name}-{UNKNOWN}" in data, f"{name}-none" in data)


def _note(answer: Answer | None, prefill: Prefill | None) -> str:
    if answer is not None:
        return f"From {origin_in_words(answer)}" if answer.source else ""
    if prefill is None:
        return ""
    if prefill.current:
        return f"From {_day(prefill.on)}, {prefill.source}; kept when you go on"
    return ""


def _older(question: str, contents: DraftContents, prefill: Prefill | None) -> str:
    """A value that is too old to count, and why: of the draft, or of the record while nobody answered."""
    answer, days = contents.answers.get(question), contents.lapsed.get(question)
    if answer is not None and days is not None:
        said = f"“{value_in_words(question, answer.value)}” on {_day(day_of(answer))}"
        return f"{said}: more than {days} days old. It does not count until it is confirmed."
    if answer is not None or prefill is None or prefill.current:
        return ""
    found = f"“{value_in_words(question, prefill.value)}” on {_day(prefill.on)}, {prefill.source}"
    if prefill.superseded:
        return f"{found}: from before the last progression."
    if prefill.days is None:
        return f"{found}: asked anew in each plan."
    return f"{found}: more than {prefill.days} days old."


def seen_as(answer: Answer | None, prefill: Prefill | None) -> str:
    """What identifies the value that a page offers to confirm; "" where there is none."""
    if answer is not None:
        return f"answer {answer.version}"
    return f"{prefill.on.isoformat()} {word_of(Given(prefill.value))}" if prefill else ""


def origin_in_words(answer: Answer) -> str:
    """``3 May 2026, Laboratory A``, and that it was confirmed where it was too old; "" for an own answer."""
    if not answer.source:
        return ""
    found = f"{_day(answer.source_on)}, {answer.source}"
    return f"{found}; still true on {_day(answer.confirmed_on)}" if answer.confirmed_on else found


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
