"""A signed plan for its page: only what was frozen, nothing computed anew."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime

from approval.standing import STATUS_WORDS
from treatment.choice import label_of
from treatment.models import Plan, PlanStanding, Reason, StandingState
from treatment.presenters.review import ExaminationShown, by_examination


@dataclass(frozen=True)
class StandingShown:
    """Whether a plan holds. ``sentence`` says how it ended and is empty while it holds."""

    state: str
    label: str
    sentence: str
    superseded_by: UUID | None

    @property
    def holds(self) -> bool:
        return self.state == StandingState.CURRENT


@dataclass(frozen=True)
class PlanSummary:
    """A plan in one row."""

    id: UUID
    number: int
    version: int
    signed_at: datetime
    signed_by: str
    options: list[str]
    adjunct_radiation: bool
    content_version: str
    content_status: str
    standing: StandingShown


@dataclass(frozen=True)
class PlanShown:
    """A plan as it was signed. ``decision`` and ``fact_groups`` are plain data, as templates read them."""

    summary: PlanSummary
    decision: dict[str, Any]
    fact_groups: list[dict[str, Any]]
    unknowns: list[dict[str, Any]]
    chosen: list[dict[str, Any]]
    exception: dict[str, Any] | None
    treatments: list[dict[str, Any]]
    supportive: list[dict[str, Any]]
    others: list[dict[str, Any]]
    reason: str
    reason_text: str
    follow_ups: list[dict[str, Any]]
    examinations: list[ExaminationShown]
    facts_sha256: str
    engine: str
    content_id: str


def plan_summary(plan: Plan) -> PlanSummary:
    return PlanSummary(
        id=plan.pk,
        number=plan.number,
        version=plan.version,
        signed_at=plan.signed_at,
        signed_by=plan.signed_by.full_name,
        options=[label_of(option, plan.option_name) for option in plan.options],
        adjunct_radiation=plan.adjunct_radiation,
        content_version=plan.content_version,
        content_status=STATUS_WORDS[plan.content_status],
        standing=standing_shown(plan.standing),
    )


def standing_shown(standing: PlanStanding) -> StandingShown:
    return StandingShown(
        state=standing.state,
        label=standing.get_state_display(),
        sentence=_how_it_ended(standing),
        superseded_by=standing.superseded_by_id,
    )


def _how_it_ended(standing: PlanStanding) -> str:
    if standing.ended_at is None or standing.ended_by is None:
        return ""
    at = date_format(localtime(standing.ended_at), "j F Y, H:i")
    if standing.superseded_by is not None:
        return f"{str(standing.superseded_by).capitalize()} took its place on {at}."
    why = ": ".join(filter(None, [standing.get_reason_display(), standing.reason_text]))
    return f"Withdrawn by {standing.ended_by.full_name} on {at}. {why}."


def plan_shown(plan: Plan) -> PlanShown:
    decision, groups = plan.shown["decision"], plan.shown["facts"]
    by_id = {option["id"]: option for option in decision["options"] + plan.shown.get("beside", [])}
    return PlanShown(
        summary=replace(plan_summary(plan), content_status=decision["content_status"]),
        decision=decision,
        fact_groups=groups,
        unknowns=[known["fact"] for group in groups for known in group["facts"] if not known["is_known"]],
        chosen=[by_id[option] for option in plan.options],
        exception=plan.shown.get("exception"),
        treatments=plan.shown.get("treatments", []),
        supportive=plan.shown.get("supportive", []),
        others=[option for option in decision["options"] if option["id"] not in plan.options],
        reason=Reason(plan.reason).label if plan.reason else "",
        reason_text=plan.reason_text,
        follow_ups=plan.follow_ups,
        examinations=by_examination(plan.follow_ups),
        facts_sha256=plan.facts_sha256,
        engine=plan.engine,
        content_id=plan.content_id,
    )
