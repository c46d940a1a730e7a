"""A signed plan, a draft or a decision of today as one side of a comparison."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from treatment.choice import Chosen
from treatment.differences import Differences, Side, differences
from treatment.models import Plan, Reason
from treatment.presenters.decision import DecisionShown
from treatment.presenters.plan import plan_shown
from treatment.presenters.review import FactGroup, FollowUpShown
from treatment.presenters.sequence import TreatmentShown
from treatment.presenters.supportive import GroupShown


def side_of_plan(plan: Plan) -> Side:
    """The plan as it was signed: only what was frozen."""
    shown = plan_shown(plan)
    return Side(
        facts=_facts(shown.fact_groups),
        decision=shown.decision,
        choice=_choice(shown.summary.options, plan.adjunct_radiation, shown.reason, shown.reason_text),
        follow_ups=shown.follow_ups,
        treatments=shown.treatments,
        supportive=shown.supportive,
    )


@dataclass(frozen=True)
class ToSign:
    """A draft as it would be signed now, in words."""

    groups: Sequence[FactGroup]
    decision: DecisionShown
    chosen: Chosen | None
    follow_ups: Sequence[FollowUpShown]
    treatments: Sequence[TreatmentShown]
    supportive: Sequence[GroupShown]


def changes_by_draft(plan: Plan, draft: ToSign) -> Differences:
    """What a signature under the draft would change from the plan whose place it takes."""
    return differences(side_of_plan(plan), _side_of_draft(draft))


def _side_of_draft(draft: ToSign) -> Side:
    choice = {}
    if (chosen := draft.chosen) is not None:
        reason = Reason(chosen.reason).label if chosen.reason else ""
        choice = _choice(chosen.labels, chosen.adjunct_radiation, reason, chosen.text)
    return Side(
        facts=_facts(asdict(group) for group in draft.groups),
        decision=asdict(draft.decision),
        choice=choice,
        follow_ups=[asdict(item) for item in draft.follow_ups],
        treatments=[asdict(one) for one in draft.treatments],
        supportive=[asdict(group) for group in draft.supportive],
    )


def _choice(labels: Sequence[str], adjunct_radiation: bool, reason: str, text: str) -> dict[str, str]:
    return {
        "Decision": ", then ".join(labels),
        "Adjunct radiation": "Yes" if adjunct_radiation else "",
        "Reason": ": ".join(filter(None, [reason, text])),
    }


def _facts(groups: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    return {
        known["fact"]["path"]: (known["fact"]["label"], known["fact"]["value"])
        for group in groups
        for known in group["facts"]
        if known["is_known"]
    }
