"""Schedule, move, finish, close and cancel follow-ups: the only code that writes them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from accounts.models import Membership, User
from monitoring.follow_ups.actions.steps import (
    NotOpenError,
    StaleFollowUpError,
    Step,
    is_recorded,
    locked,
    push_overdue,
    push_overdue_of,
    record_all,
    record_one,
    require_open,
    status_of,
)
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, Reason, State
from monitoring.follow_ups.schedule import PlannedItem
from patients.models import Patient

__all__ = [
    "NotOpenError",
    "StaleFollowUpError",
    "cancel_plan",
    "close",
    "close_all",
    "done",
    "hand_over",
    "plan_again",
    "push_overdue",
    "push_overdue_of",
    "reschedule",
    "schedule",
]


@transaction.atomic
def schedule(
    *,
    patient: Patient,
    items: Sequence[PlannedItem],
    origin: UUID,
    responsible: User,
    besides: Collection[int] = (),
    note: str = "",
    by: Membership,
    now: datetime,
) -> list[FollowUp]:
    """Store the items of the plan ``origin``; the same plan twice returns what the first call stored.

    What is added by hand is a plan of one item, and its ``origin`` the number of its form.

    An item whose window had closed before ``now`` was never awaited: it is *not expected*, never overdue.
    Nothing is stored for the places ``besides``, which ``go_on`` fills.
    """
    stored = list(FollowUp.objects.visible_to(by).of_plan(origin).order_by("position"))
    if stored:
        return stored
    today = local_day(by.hospital, now)
    follow_ups = [
        FollowUp(
            hospital=by.hospital,
            patient=patient,
            recorded_at=now,
            recorded_by=by.user,
            kind=item.kind,
            title=item.title,
            anchor=item.anchor,
            anchored_on=item.anchored_on,
            earliest=item.earliest,
            due=item.due,
            latest=item.latest,
            overdue_at_once=item.overdue_at_once,
            responsible_id=item.responsible_id or responsible.pk,
            deputy_id=item.deputy_id,
            origin=origin,
            position=position,
            state=State.NOT_EXPECTED if item.latest < today else State.PLANNED,
        )
        for position, item in enumerate(items)
        if position not in besides
    ]
    FollowUp.objects.bulk_create(follow_ups)
    FollowUpStatus.objects.bulk_create(
        status_of(item, Step(State(item.state), uuid4(), note=note), by=by, now=now) for item in follow_ups
    )
    push_overdue(patient.pk)
    return follow_ups


@transaction.atomic
def reschedule(
    *,
    follow_up: FollowUp,
    earliest: date,
    due: date,
    latest: date,
    note: str = "",
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> FollowUp:
    """Give an open item another window. Raises StaleFollowUpError or NotOpenError."""
    item = locked(follow_up, by=by)
    if is_recorded(submission, by=by):
        return item
    require_open(item, expected_version)
    item.earliest, item.due, item.latest = earliest, due, latest
    return record_one(item, Step(State.PLANNED, submission, note=note), by=by, now=now)


@transaction.atomic
def done(
    *,
    follow_up: FollowUp,
    done_on: date,
    note: str = "",
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> FollowUp:
    """Note that an open item was carried out on ``done_on``. Raises StaleFollowUpError or NotOpenError."""
    item = locked(follow_up, by=by)
    if is_recorded(submission, by=by):
        return item
    require_open(item, expected_version)
    return record_one(item, Step(State.DONE, submission, happened_on=done_on, note=note), by=by, now=now)


@transaction.atomic
def close(
    *,
    follow_up: FollowUp,
    reason: Reason,
    happened_on: date | None = None,
    note: str = "",
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> FollowUp:
    """End an open item that was not carried out here. Raises StaleFollowUpError or NotOpenError."""
    item = locked(follow_up, by=by)
    if is_recorded(submission, by=by):
        return item
    require_open(item, expected_version)
    step = Step(State.CLOSED, submission, reason=reason, happened_on=happened_on, note=note)
    return record_one(item, step, by=by, now=now)


@transaction.atomic
def go_on(*, places: Mapping[int, int], of: UUID, origin: UUID, by: Membership) -> int:
    """Let items of the plan ``of`` go on as items of the plan ``origin``; how many items that were.

    ``places`` leads from an item's place in the old plan to its place in the new one. Everything else about
    them stays: the day they were moved to, who answers for them, and what became of them.
    """
    items = FollowUp.objects.visible_to(by).of_plan(of).filter(position__in=places).select_for_update()
    rows = list(items.order_by("id"))
    for item in rows:
        item.origin, item.position = origin, places[item.position]
    return FollowUp.objects.bulk_update(rows, ["origin", "position"])


@transaction.atomic
def cancel_plan(*, origin: UUID, note: str, by: Membership, now: datetime) -> int:
    """Cancel what is still open of a plan that was superseded or withdrawn; how many items that were.

    ``note`` says which it was.
    """
    planned = FollowUp.objects.visible_to(by).planned().of_plan(origin).select_for_update().order_by("id")
    return record_all(planned, State.CANCELLED, note=note, by=by, now=now)


@transaction.atomic
def close_all(*, patient: Patient, reason: Reason, by: Membership, now: datetime) -> int:
    """Close everything still planned of a patient whose care here ended; how many items that were."""
    planned = FollowUp.objects.visible_to(by).planned().of(patient).select_for_update().order_by("id")
    return record_all(planned, State.CLOSED, reason=reason, by=by, now=now)


@transaction.atomic
def plan_again(
    *, patient: Patient, reason: Reason, closed_at: datetime, by: Membership, now: datetime
) -> int:
    """Take ``close_all`` of that moment back, item by item; how many items are planned again."""
    closed = FollowUp.objects.visible_to(by).of(patient).filter(state=State.CLOSED)
    steps = FollowUpStatus.objects.visible_to(by).filter(reason=reason, recorded_at=closed_at)
    items = closed.filter(pk__in=steps.values("follow_up")).select_for_update().order_by("id")
    return record_all(items, State.PLANNED, by=by, now=now)


@transaction.atomic
def hand_over(*, patient: Patient, responsible: User, by: Membership) -> int:
    """Give everything still planned of a patient to another person; how many items that were."""
    planned = FollowUp.objects.in_hospital(by.hospital_id).planned().of(patient)
    return planned.update(responsible=responsible, deputy=None, version=F("version") + 1)
