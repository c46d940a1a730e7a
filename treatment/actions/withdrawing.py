"""Withdraw a signed plan without another in its place."""

from datetime import datetime

from django.db import transaction

from accounts.models import Membership
from monitoring.follow_ups.actions import follow_ups
from patients.actions import planned
from treatment.actions.standing import end
from treatment.models import Plan, PlanStanding, StandingState, WithdrawalReason


class SupersededError(Exception):
    """Another plan took its place, so there is nothing to withdraw."""


@transaction.atomic
def withdraw(
    *, plan: Plan, reason: WithdrawalReason, text: str, by: Membership, now: datetime
) -> PlanStanding:
    """End a plan that holds, and cancel what is still open of it; a second call changes nothing.

    The plan and its documents stay readable. Raises SupersededError.
    """
    standing: PlanStanding = PlanStanding.objects.visible_to(by).select_for_update().get(plan=plan)
    if standing.state == StandingState.SUPERSEDED:
        raise SupersededError
    if standing.state == StandingState.CURRENT:
        standing.reason, standing.reason_text = reason, text
        end(standing, StandingState.WITHDRAWN, by=by, now=now)
        note = f"{str(plan).capitalize()} was withdrawn: {reason.label.lower()}"
        follow_ups.cancel_plan(origin=plan.pk, note=note, by=by, now=now)
        planned.cancel_plan(origin=plan.pk, why=note, by=by, now=now)
    return standing
