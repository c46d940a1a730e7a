"""The wizard's pages of questions: answers from a form or one by one, never overwriting newer ones."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import QueryDict

from guideline.fact_table import FACT
from treatment.actions import drafts
from treatment.actions.drafts import Submitted
from treatment.forms.answers import AnswersForm, field_name
from treatment.presenters.questions import NO_TROUBLES, Troubles, conflict_sentence, sections_shown
from treatment.views.desk import Desk
from treatment.views.versions import posted_version


def context(desk: Desk, troubles: Troubles = NO_TROUBLES) -> dict[str, Any]:
    return {
        "sections": sections_shown(desk.step, desk.contents, desk.prefills, troubles),
        "wrong": [
            {"label": FACT[question].label, "field": field_name(question), "sentence": sentence}
            for question, sentence in troubles.sentences.items()
        ],
    }


def save(desk: Desk, data: QueryDict) -> Callable[[Desk], dict[str, Any]] | None:
    """Write every answer of the step; where one could not be written, what makes the page that says so."""
    troubles = store(desk, data, desk.step.asked(desk.contents.facts))
    return partial(context, troubles=troubles) if troubles.sentences else None


def store(desk: Desk, data: QueryDict, questions: tuple[str, ...]) -> Troubles:
    """Write the answers to ``questions`` that ``data`` holds; what could not be written, in words."""
    form = AnswersForm(questions, data)
    form.is_valid()
    given = form.given
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
    sentences = form.sentences | outcome.refused
    for question, current in outcome.conflicts.items():
        sentences[question] = conflict_sentence(question, current, given[question])
    refused = form.sentences.keys() | outcome.refused.keys()
    typed = {key: value for key, value in data.items() if any(key.startswith(field_name(q)) for q in refused)}
    in_order = {question: sentences[question] for question in questions if question in sentences}
    return Troubles(typed, in_order)
