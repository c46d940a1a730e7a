"""Supportive care: what the guideline proposes, accepted or declined one by one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import QueryDict

from treatment import choice, supportive
from treatment.actions import drafts
from treatment.choice import Chosen
from treatment.forms.supportive import SupportiveForm
from treatment.supportive import Action
from treatment.views.desk import Desk
from treatment.views.versions import posted_version


def context(desk: Desk, form: SupportiveForm | None = None) -> dict[str, Any]:
    groups = proposed(desk)
    form = form or _form(desk, groups)
    given = supportive.answers(desk.contents.value_of(supportive.QUESTION))
    return {
        "form": form,
        "groups": [(title, [_row(action, form) for action in actions]) for title, actions in groups],
        "open": len(supportive.unanswered(groups, given)),
        "supportive_version": desk.contents.version_of(supportive.QUESTION),
    }


def save(desk: Desk, data: QueryDict) -> Callable[[Desk], dict[str, Any]] | None:
    """Write the answers; what makes the page with the errors where they could not be.

    What was answered about a proposal that is not made any more stays. Raises StaleAnswerError.
    """
    form = _form(desk, proposed(desk), data)
    if not form.is_valid():
        return partial(context, form=form)
    shown = {action.advisory.id for action in form.actions}
    standing = supportive.answers(desk.contents.value_of(supportive.QUESTION))
    answers = {key: one for key, one in standing.items() if key not in shown} | form.answers
    drafts.answer_whole(
        draft=desk.draft,
        question=supportive.QUESTION,
        value={key: one.as_plain() for key, one in sorted(answers.items())},
        version=posted_version(data, "supportive-version"),
        by=desk.member,
        now=desk.now,
    )
    return None


def proposed(desk: Desk) -> list[tuple[str, list[Action]]]:
    chosen = Chosen.from_plain(desk.contents.value_of(choice.QUESTION))
    return supportive.proposed(desk.shown, chosen)


def _form(
    desk: Desk, groups: list[tuple[str, list[Action]]], data: QueryDict | None = None
) -> SupportiveForm:
    actions = [action for _, found in groups for action in found]
    given = supportive.answers(desk.contents.value_of(supportive.QUESTION))
    return SupportiveForm(actions, given, data, on=desk.today)


def _row(action: Action, form: SupportiveForm) -> dict[str, Any]:
    key = action.advisory.id
    return {
        "advisory": action.advisory,
        "answer": form[f"answer-{key}"],
        "reason": form[f"reason-{key}"],
        "due": form[f"due-{key}"] if action.can_be_due else None,
    }
