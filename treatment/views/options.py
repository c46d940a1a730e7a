"""The options with their arguments, and the choice among them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import QueryDict

from treatment import choice
from treatment.actions import drafts
from treatment.actions.drafts import StaleAnswerError
from treatment.choice import Chosen
from treatment.forms.choice import ReasonForm
from treatment.models import Reason
from treatment.presenters.decision import OptionShown
from treatment.presenters.options import advice, all_sources, option_groups
from treatment.views.desk import Desk
from treatment.views.versions import posted_version
from treatment.words import OPTIONS


def context(desk: Desk, form: ReasonForm | None = None) -> dict[str, Any]:
    shown = desk.shown
    chosen = Chosen.from_plain(desk.contents.value_of(choice.QUESTION))
    return {
        "decision": shown,
        "advice": advice(shown.advisories),
        "groups": option_groups(shown.options),
        "sources": all_sources(shown),
        "is_open": "undetermined" in (desk.decision.extent, desk.decision.pathway),
        "chosen": chosen,
        "chosen_options": [_by_id(shown.options, option) for option in chosen.options] if chosen else [],
        "reason": Reason(chosen.reason).label if chosen and chosen.reason else "",
        "choice_version": desk.contents.version_of(choice.QUESTION),
        "reason_form": form or _reason_form(desk, chosen),
        "step_after": _step_after(shown.options, chosen),
        "blocked": choice.blocked_by(chosen.options, desk.decision) if chosen else "",
    }


def save(desk: Desk, data: QueryDict) -> Callable[[Desk], dict[str, Any]] | None:
    """Write the choice that was posted, if any; what makes the page with the errors where it could not be.

    Raises StaleAnswerError.
    """
    if "choose" in data:
        choose(desk, data)
    elif "confirm" in data and (form := confirm(desk, data)) is not None:
        return partial(context, form=form)
    return None


def choose(desk: Desk, data: QueryDict) -> None:
    """Take an option into the draft, to be confirmed with a reason."""
    option = data.get("choose", "")
    if option not in OPTIONS:
        return
    options = (option,)
    standing = Chosen.from_plain(desk.contents.value_of(choice.QUESTION))
    if standing is not None and standing.options[0] == option:
        return
    _write(desk, data, Chosen(options, reason=choice.preset_reason(options, desk.decision)))


def confirm(desk: Desk, data: QueryDict) -> ReasonForm | None:
    """Confirm the chosen option with its reason; the form with its errors if that cannot be."""
    standing = Chosen.from_plain(desk.contents.value_of(choice.QUESTION))
    if standing is None:
        raise StaleAnswerError(None)
    options = standing.options[:1]
    if "then" in data and options[0] != choice.STEP_AFTER:
        options = (*options, choice.STEP_AFTER)
    form = ReasonForm(_reasons(options, desk), data)
    if not form.is_valid():
        return form
    chosen = Chosen(options, form.cleaned_data["reason"], form.cleaned_data["text"], confirmed=True)
    missing = choice.reason_lacks(chosen, desk.decision)
    if missing:
        form.add_error("text" if chosen.reason == Reason.NEW_EVIDENCE else "reason", missing)
        return form
    _write(desk, data, chosen)
    return None


def _write(desk: Desk, data: QueryDict, chosen: Chosen) -> None:
    drafts.answer_whole(
        draft=desk.draft,
        question=choice.QUESTION,
        value=chosen.as_plain(),
        version=posted_version(data, "choice-version"),
        by=desk.member,
        now=desk.now,
    )


def _reasons(options: tuple[str, ...], desk: Desk) -> list[tuple[str, str]]:
    """The reasons of the option first chosen: those of the step after it are judged when it is confirmed."""
    offered = choice.reasons_for(options[:1], desk.decision)
    return list(dict.fromkeys([*offered, *choice.reasons_for(options, desk.decision)]))


def _reason_form(desk: Desk, chosen: Chosen | None) -> ReasonForm | None:
    if chosen is None:
        return None
    return ReasonForm(
        _reasons(chosen.options, desk),
        initial={
            "then": choice.STEP_AFTER in chosen.options[1:],
            "reason": chosen.reason or choice.preset_reason(chosen.options, desk.decision),
            "text": chosen.text,
        },
    )


def _step_after(options: list[OptionShown], chosen: Chosen | None) -> OptionShown | None:
    """Transplantation as the step after the chosen option, where another option was chosen and it applies."""
    if chosen is None or chosen.options[0] == choice.STEP_AFTER:
        return None
    step = _by_id(options, choice.STEP_AFTER)
    return step if step.status != "not_applicable" or choice.STEP_AFTER in chosen.options else None


def _by_id(options: list[OptionShown], option_id: str) -> OptionShown:
    return next(option for option in options if option.id == option_id)
