"""The options with their arguments, and the choice among them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import QueryDict

from patients.regimens import REGIMENS
from treatment import choice
from treatment.actions import choices, drafts
from treatment.actions.drafts import StaleAnswerError
from treatment.choice import Chosen
from treatment.facts import case_of
from treatment.forms.choice import ReasonForm
from treatment.models import Reason
from treatment.presenters.choice import chosen_shown, exception_shown
from treatment.presenters.decision import OptionShown
from treatment.presenters.missing import missing_rows
from treatment.presenters.options import advice, all_sources, option_groups
from treatment.views.desk import Desk
from treatment.views.versions import posted_version
from treatment.words import BESIDE, OPTIONS


def context(desk: Desk, form: ReasonForm | None = None) -> dict[str, Any]:
    shown = desk.shown
    absolute = desk.absolute
    chosen = Chosen.from_plain(desk.contents.value_of(choice.QUESTION))
    return {
        "decision": shown,
        "advice": advice(shown.advisories),
        "groups": option_groups(shown.options),
        "sources": all_sources(shown),
        "missing": missing_rows(shown.missing, case_of(desk.contents.facts), desk.edition),
        "is_open": "undetermined" in (desk.decision.extent, desk.decision.pathway),
        "chosen": chosen,
        "chosen_options": chosen_shown(chosen, absolute.excluding, shown),
        "reason": Reason(chosen.reason).label if chosen and chosen.reason else "",
        "choice_version": desk.contents.version_of(choice.QUESTION),
        "reason_form": form or _reason_form(desk, chosen),
        "step_after": _step_after(shown.options, chosen),
        "may_add_radiation": chosen is not None and choice.may_add_radiation(chosen.options),
        "is_named": chosen is not None and chosen.options[0] in choice.NAMED,
        "beside": [(option, OPTIONS[option]) for option in BESIDE],
        "regimens": [regimen.label for regimen in REGIMENS.values() if not regimen.option],
        "excluding": list(dict.fromkeys(one.argument.text for one in absolute.excluding)),
        "exception": exception_shown(absolute.exception) if absolute.exception else None,
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
    if "then" in data and may_be_followed(options[0]):
        options = (*options, choice.STEP_AFTER)
    form = ReasonForm(_reasons(options, desk), data)
    if not form.is_valid():
        return form
    chosen = form.chosen(options)
    missing = choice.missing_in(chosen, desk.decision, desk.edition)
    for field, sentence in missing.items():
        form.add_error(field, sentence)
    if missing:
        return form
    choices.confirm(
        draft=desk.draft,
        chosen=chosen,
        version=posted_version(data, "choice-version"),
        decision=desk.decision,
        edition=desk.edition,
        by=desk.member,
        now=desk.now,
    )
    return None


def may_be_followed(option: str) -> bool:
    """Whether transplantation can be the step after it."""
    return option not in (choice.STEP_AFTER, "no_treatment")


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
            "name": chosen.name,
            "adjunct_radiation": chosen.adjunct_radiation,
        },
    )


def _step_after(options: list[OptionShown], chosen: Chosen | None) -> OptionShown | None:
    """Transplantation as the step after the chosen option, where another option was chosen and it applies."""
    if chosen is None or not may_be_followed(chosen.options[0]):
        return None
    step = _by_id(options, choice.STEP_AFTER)
    return step if step.status != "not_applicable" or choice.STEP_AFTER in chosen.options else None


def _by_id(options: list[OptionShown], option_id: str) -> OptionShown:
    return next(option for option in options if option.id == option_id)
