"""What is about to be signed."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.http import QueryDict

from monitoring.follow_ups.queries import late_in_plan
from treatment import choice, sequence, supportive
from treatment.actions.plans import NotReadyError, fingerprint, plan_to_amend, ready_decision
from treatment.choice import Chosen
from treatment.forms.sign import SignForm
from treatment.models import Reason
from treatment.presenters.choice import chosen_shown, exception_shown
from treatment.presenters.newer import newer_shown
from treatment.presenters.review import (
    FactGroup,
    FollowUpShown,
    by_examination,
    facts_shown,
    follow_ups_shown,
    unknowns,
)
from treatment.presenters.sequence import treatments_shown
from treatment.presenters.sides import ToSign, changes_by_draft
from treatment.presenters.supportive import supportive_shown
from treatment.presenters.write_back import writable_shown
from treatment.seen import Difference, differences, packed, state_of, unpacked
from treatment.views import newer
from treatment.views.desk import Desk


def context(desk: Desk, form: SignForm | None = None) -> dict[str, Any]:
    contents = desk.contents
    chosen = Chosen.from_plain(contents.value_of(choice.QUESTION))
    follow_ups = follow_ups_shown(desk.examinations, desk.answering)
    groups = facts_shown(contents)
    to_settle = newer.found_at(desk)
    before = desk.replaced.plan if desk.replaced else desk.amended
    beside = _beside_the_choice(desk, chosen)
    return {
        "decision": desk.shown,
        "chosen": chosen,
        "chosen_shown": chosen_shown(chosen, desk.absolute.excluding, desk.shown),
        "excluding": [one.argument.text for one in desk.absolute.excluding],
        "exception": exception_shown(desk.absolute.exception) if desk.absolute.exception else None,
        "reason": Reason(chosen.reason).label if chosen and chosen.reason else "",
        **beside,
        "fact_groups": groups,
        "unknowns": unknowns(groups),
        "follow_ups": follow_ups,
        "examinations": by_examination([asdict(item) for item in follow_ups]),
        "newer": newer_shown(to_settle),
        "not_ready": newer.TO_SETTLE if to_settle else not_ready(desk),
        "state": packed(state(desk)),
        "replaced": before,
        "stays_open": late_in_plan(before.pk, desk.member, on=desk.today) if before else [],
        "differences": changes_by_draft(before, _to_sign(desk, chosen, groups, follow_ups, beside))
        if before
        else None,
        "writable": writable_shown(desk.writable),
        "form": form or sign_form(desk),
    }


def _to_sign(
    desk: Desk,
    chosen: Chosen | None,
    groups: list[FactGroup],
    follow_ups: list[FollowUpShown],
    beside: dict[str, Any],
) -> ToSign:
    return ToSign(groups, desk.shown, chosen, follow_ups, beside["treatments"], beside["supportive"])


def _beside_the_choice(desk: Desk, chosen: Chosen | None) -> dict[str, Any]:
    """The planned treatments and the supportive care, with what nobody answered."""
    contents = desk.contents
    treatments = sequence.stored(contents.value_of(sequence.QUESTION)) or []
    groups = supportive.proposed(desk.shown, chosen)
    given = supportive.answers(contents.value_of(supportive.QUESTION))
    return {
        "treatments": treatments_shown(treatments, chosen.options[0] if chosen else "", desk.edition),
        "supportive": supportive_shown(groups, given),
        "supportive_open": len(supportive.unanswered(groups, given)),
    }


def sign_form(desk: Desk, data: Any = None) -> SignForm:
    """The signature's form. A plan that holds ends knowingly: a new plan asks, an amendment says so."""
    return SignForm(
        data,
        seen=seen_by(desk),
        takes_place_of=str(desk.replaced.plan) if desk.replaced and desk.draft.amends is None else "",
        writable=[one.path for one in desk.writable if not one.why_not],
    )


def save(desk: Desk, data: QueryDict) -> Callable[[Desk], dict[str, Any]] | None:
    """Settle where record and draft differ; what makes the page that says why something was not done."""
    return newer.save(desk, data, context)


def not_ready(desk: Desk) -> str:
    """Why the draft cannot be signed as it is, in a sentence; empty when it can."""
    if desk.unapproved:
        return desk.unapproved
    try:
        ready_decision(desk.contents, desk.edition)
        plan_to_amend(desk.draft, desk.replaced, desk.member)
    except NotReadyError as error:
        return error.sentence
    return ""


def state(desk: Desk) -> dict[str, Any]:
    """What the page shows, to tell later what changed."""
    return state_of(desk.contents, desk.recorded, desk.edition)


def unseen(desk: Desk, data: QueryDict) -> list[Difference] | None:
    """What changed since the page was made that was posted; None if it says not what it showed."""
    before = unpacked(data.get("state", ""))
    return None if before is None else differences(before, state(desk), desk.contents)


def seen_by(desk: Desk) -> str:
    """The fingerprint of what the page shows, which the signature is about."""
    return fingerprint(desk.contents, desk.decision, desk.replaced)
