"""The wizard's pages of questions: answers from a form or one by one, never overwriting newer ones."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import QueryDict

from guideline.fact_table import FACT
from treatment.actions import drafts
from treatment.actions.drafts import StaleAnswerError, Submitted
from treatment.forms.answers import AnswersForm, Given, field_name
from treatment.presenters.questions import (
    NO_TROUBLES,
    QuestionShown,
    Troubles,
    conflict_sentence,
    question_shown,
    sections_shown,
    seen_as,
)
from treatment.views.desk import Desk
from treatment.views.live import live_of, waiting
from treatment.views.versions import posted_version

CHANGED = "The record changed after you opened this page; look at its value again, then answer."


def context(desk: Desk, troubles: Troubles = NO_TROUBLES) -> dict[str, Any]:
    return {
        "live": live_of(desk),
        "waiting": waiting(desk),
        "sections": sections_shown(desk.step, desk.contents, desk.prefills, desk.on_record.beside, troubles),
        "wrong": [
            {"label": FACT[question].label, "field": field_name(question), "sentence": sentence}
            for question, sentence in troubles.sentences.items()
        ],
    }


def shown(desk: Desk, question: str, troubles: Troubles) -> QuestionShown:
    """One question as it stands after it was answered, or was not."""
    return question_shown(question, desk.contents, desk.prefills, desk.on_record.beside, troubles)


def save(desk: Desk, data: QueryDict) -> Callable[[Desk], dict[str, Any]] | None:
    """Write every answer of the step; where one could not be written, what makes the page that says so."""
    troubles = store(desk, data, desk.step.asked(desk.contents.facts))
    return partial(context, troubles=troubles) if troubles.sentences else None


def store(desk: Desk, data: QueryDict, questions: tuple[str, ...]) -> Troubles:
    """Write the answers to ``questions`` that ``data`` holds; what could not be written, in words.

    The button *still true* (``still`` names the question) answers with the value that was shown: the
    record's, or the draft's own that has grown old.
    """
    form = AnswersForm(questions, data)
    form.is_valid()
    given, wrong = form.given, form.sentences
    if (still := data.get("still", "")) in questions and not _is_given_again(desk, data, still):
        given[still] = _still_true(desk, data, still)
        wrong = wrong | {still: "" if given[still] else CHANGED}
    outcome = drafts.answer(
        draft=desk.draft,
        submitted={
            question: Submitted(answer, posted_version(data, f"version-{field_name(question)}"))
            for question, answer in given.items()
        },
        prefills=desk.prefills,
        by=desk.member,
        now=desk.now,
        on=desk.today,
    )
    refused = {question: sentence for question, sentence in wrong.items() if sentence} | outcome.refused
    sentences = refused | {
        question: conflict_sentence(question, current, given[question])
        for question, current in outcome.conflicts.items()
    }
    typed = {key: value for key, value in data.items() if any(key.startswith(field_name(q)) for q in refused)}
    in_order = {question: sentences[question] for question in questions if question in sentences}
    return Troubles(typed, in_order)


def _is_given_again(desk: Desk, data: QueryDict, question: str) -> bool:
    """Say that the draft's own answer still holds, if it is the one that the page showed."""
    answer = desk.contents.answers.get(question)
    if answer is None or data.get(f"older-{field_name(question)}") != seen_as(answer, None):
        return False
    try:
        drafts.answer_again(draft=desk.draft, answer=answer, by=desk.member, now=desk.now, on=desk.today)
    except StaleAnswerError:
        return False
    return True


def _still_true(desk: Desk, data: QueryDict, question: str) -> Given | None:
    """The recorded value of ``question`` as an answer, if it is still the one that the page showed."""
    prefill = desk.prefills.get(question)
    if prefill is None or data.get(f"older-{field_name(question)}") != seen_as(None, prefill):
        return None
    return Given(prefill.value)
