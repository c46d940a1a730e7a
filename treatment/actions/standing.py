"""Which plan holds: the only code that makes a plan current, superseded or withdrawn."""

from collections.abc import Sequence
from datetime import date, datetime

from accounts.models import Membership
from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.queries import late_in_plan, states_in_plan
from monitoring.follow_ups.schedule import PlannedItem
from patients.actions import planned
from patients.actions.planned import ToGive
from treatment.models import Plan, PlanStanding, StandingState
from treatment.succession import Succession, succession


def make_current(*, plan: Plan, replaced: PlanStanding | None, by: Membership, now: datetime) -> PlanStanding:
    """Let a plan that was just signed hold, in the place of ``replaced``, the patient's current one."""
    if replaced is not None:
        replaced.superseded_by = plan
        end(replaced, StandingState.SUPERSEDED, by=by, now=now)
    return PlanStanding.objects.create(
        plan=plan,
        patient_id=plan.patient_id,
        hospital_id=plan.hospital_id,
        recorded_by=by.user,
        recorded_at=now,
    )


def end(standing: PlanStanding, state: StandingState, *, by: Membership, now: datetime) -> None:
    """Write how a current plan ended."""
    standing.state, standing.ended_at, standing.ended_by = state, now, by.user
    standing.save()


def schedule_follow_ups(
    *,
    plan: Plan,
    items: Sequence[PlannedItem],
    replaced: Plan | None,
    by: Membership,
    now: datetime,
    on: date,
) -> None:
    """Put the plan's examinations into the calendar, once each.

    What the replaced plan had planned just so goes on as it is, moved or done, and so does what is open with
    its window closed; the rest of it is cancelled, so that nobody is reminded twice.
    """
    places = _succession(plan, replaced, by, on=on)
    follow_ups.schedule(
        patient=plan.patient,
        items=items,
        origin=plan.pk,
        responsible=by.user,
        besides=places.filled,
        by=by,
        now=now,
    )
    if replaced is not None:
        follow_ups.go_on(places=places.going_on, of=replaced.pk, origin=plan.pk, by=by)
        follow_ups.cancel_plan(origin=replaced.pk, note=f"Superseded by {plan}", by=by, now=now)


def plan_treatments(
    *, plan: Plan, items: Sequence[ToGive], replaced: Plan | None, by: Membership, now: datetime
) -> None:
    """Write the plan's treatments into the record; those of the replaced plan that were not given end."""
    planned.plan_treatments(
        patient=plan.patient,
        items=items,
        origin=plan.pk,
        instead_of=replaced.pk if replaced else None,
        why=f"Superseded by {plan}",
        by=by,
        now=now,
    )


def _succession(plan: Plan, replaced: Plan | None, by: Membership, *, on: date) -> Succession:
    if replaced is None:
        return Succession({})
    late = [item.position for item in late_in_plan(replaced.pk, by, on=on)]
    return succession(replaced.follow_ups, plan.follow_ups, states_in_plan(replaced.pk, by), late)
