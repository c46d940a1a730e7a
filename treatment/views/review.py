"""What is about to be signed."""

from dataclasses import asdict
from typing import Any

from treatment import choice, schedule
from treatment.actions.plans import NotReadyError, fingerprint, plan_to_amend, ready_decision
from treatment.choice import Chosen
from treatment.forms.sign import SignForm
from treatment.models import Reason
from treatment.presenters.review import (
    by_examination,
    facts_shown,
    follow_ups_shown,
    record_changes,
    unknowns,
)
from treatment.schedule import Wishes
from treatment.views.desk import Desk


def context(desk: Desk, form: SignForm | None = None) -> dict[str, Any]:
    contents = desk.contents
    chosen = Chosen.from_plain(contents.value_of(choice.QUESTION))
    wishes = Wishes.from_plain(contents.value_of(schedule.QUESTION))
    follow_ups = follow_ups_shown(schedule.planned(desk.edition, wishes or Wishes(), on=desk.today))
    groups = facts_shown(contents)
    changes = record_changes(contents, desk.recorded)
    return {
        "decision": desk.shown,
        "chosen": chosen,
        "chosen_options": [desk.decision.option(option) for option in chosen.options] if chosen else [],
        "chosen_shown": [one for one in desk.shown.options if chosen and one.id in chosen.options],
        "reason": Reason(chosen.reason).label if chosen and chosen.reason else "",
        "fact_groups": groups,
        "unknowns": unknowns(groups),
        "follow_ups": follow_ups,
        "examinations": by_examination([asdict(item) for item in follow_ups]),
        "record_changes": changes,
        "not_ready": not_ready(desk),
        "replaced": desk.replaced.plan if desk.replaced else None,
        "form": form or sign_form(desk),
    }


def sign_form(desk: Desk, data: Any = None) -> SignForm:
    """The signature's form. A plan that holds ends knowingly: a new plan asks, an amendment says so."""
    return SignForm(
        data,
        seen=seen_by(desk),
        asks_about_record=bool(record_changes(desk.contents, desk.recorded)),
        takes_place_of=str(desk.replaced.plan) if desk.replaced and desk.draft.amends is None else "",
    )


def not_ready(desk: Desk) -> str:
    """Why the draft cannot be signed as it is, in a sentence; empty when it can."""
    try:
        ready_decision(desk.contents, desk.edition)
        plan_to_amend(desk.draft, desk.replaced, desk.member)
    except NotReadyError as error:
        return error.sentence
    return ""


def seen_by(desk: Desk) -> str:
    """The fingerprint of what the page shows, which the signature is about."""
    return fingerprint(desk.contents, desk.decision, desk.replaced)
