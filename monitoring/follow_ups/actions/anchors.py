"""Move the event that open items count from, and every one of them with it."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import Membership
from monitoring.follow_ups.actions.steps import Step, is_recorded, push_overdue, record
from monitoring.follow_ups.models import Cause, FollowUp, State
from monitoring.follow_ups.querysets import FollowUpQuerySet
from patients.models import Patient


class StaleAnchorError(Exception):
    """The items no longer count from the day that the person saw, or none of them is open any more."""


@transaction.atomic
def move(
    *,
    patient: Patient,
    origin: UUID,
    anchor: str,
    seen: date,
    to: date,
    note: str = "",
    submission: UUID,
    by: Membership,
    now: datetime,
) -> list[FollowUp]:
    """Let the open items of a plan that count from ``anchor`` on ``seen`` count from ``to``.

    Due days and windows move by as many days as the event did, also where somebody had moved one by hand: so
    moving the event back undoes it exactly. What ended stays as it is. Raises StaleAnchorError.
    """
    if is_recorded(submission, by=by):
        return []
    items = list(of_anchor(patient, origin, anchor, seen, by).select_for_update().order_by("due", "id"))
    if not items:
        raise StaleAnchorError
    for place, item in enumerate(items):
        shift(item, to - seen)
        # The form's own number stands at one of the steps, so that a second click finds it.
        step = Step(State.PLANNED, submission if place == 0 else uuid4(), cause=Cause.ANCHOR, note=note)
        record(item, step, by=by, now=now)
    push_overdue(patient.pk)
    return items


def of_anchor(patient: Patient, origin: UUID, anchor: str, day: date, by: Membership) -> FollowUpQuerySet:
    """The open items of a plan that count from this event on this day."""
    items = FollowUp.objects.visible_to(by).planned().of(patient).of_plan(origin)
    return items.filter(anchor=anchor, anchored_on=day)


def shift(item: FollowUp, by_days: timedelta) -> FollowUp:
    """Move the event of an item and its window; nothing is saved."""
    item.anchored_on += by_days
    item.earliest += by_days
    item.due += by_days
    item.latest += by_days
    return item
