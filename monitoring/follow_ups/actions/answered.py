"""Close items because results answer them, and open them again; whoever calls knows which result it was."""

from datetime import date
from uuid import uuid4

from django.db.models.functions import Now

from accounts.models import Membership
from monitoring.follow_ups.actions.steps import Step, record_one
from monitoring.follow_ups.models import Cause, FollowUp, State


def done_by_result(item: FollowUp, *, done_on: date, by: Membership) -> FollowUp:
    """Note that results answer the locked ``item``, the last of ``done_on``; also if it was done already."""
    step = Step(State.DONE, uuid4(), cause=Cause.RESULT, happened_on=done_on)
    return record_one(item, step, by=by, now=Now())


def open_again(item: FollowUp, *, cause: Cause, by: Membership) -> FollowUp:
    """Expect the locked ``item`` again."""
    return record_one(item, Step(State.PLANNED, uuid4(), cause=cause), by=by, now=Now())
