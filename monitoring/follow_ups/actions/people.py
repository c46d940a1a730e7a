"""Give items to other people: one item, or everything somebody answers for."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from accounts.models import Membership, User
from monitoring.follow_ups.actions.steps import Step, is_recorded, locked, record, require_open
from monitoring.follow_ups.models import FollowUp, State
from monitoring.follow_ups.people import able_people
from monitoring.follow_ups.querysets import FollowUpQuerySet


class NotAbleError(Exception):
    """The person is no active member of the hospital who may manage follow-ups."""


@transaction.atomic
def assign(
    *,
    follow_up: FollowUp,
    responsible: User,
    deputy: User | None,
    note: str = "",
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> FollowUp:
    """Say who answers for an open item. Raises StaleFollowUpError, NotOpenError and NotAbleError."""
    item = locked(follow_up, by=by)
    if is_recorded(submission, by=by):
        return item
    require_open(item, expected_version)
    _require_able({responsible.pk, deputy.pk} if deputy else {responsible.pk}, by)
    item.responsible, item.deputy = responsible, deputy
    words = f"{responsible.full_name} answers for it{f', then {deputy.full_name}' if deputy else ''}."
    step = Step(State.PLANNED, submission, note=f"{words} {note}".strip()[:500])
    return record(item, step, by=by, now=now)


@transaction.atomic
def hand_over_from(
    *,
    person: User,
    to: User,
    follow_ups: Collection[UUID],
    submission: UUID,
    by: Membership,
    now: datetime,
) -> int:
    """Give the chosen open items of ``person`` to ``to``, as responsible or as deputy; how many were given.

    The same submission twice gives once. Raises NotAbleError.
    """
    if is_recorded(submission, by=by):
        return 0
    _require_able({to.pk}, by)
    theirs = FollowUp.objects.visible_to(by).planned().filter(_of(person), pk__in=follow_ups)
    return _give_all(theirs, person, to, submission, by=by, now=now)


@transaction.atomic
def hand_over_all(*, person: User, to: User, by: Membership, now: datetime) -> int:
    """Give every planned item of ``person`` in the hospital to ``to``; how many that were.

    For somebody who leaves: the admin who does it may read none of them. Raises NotAbleError.
    """
    _require_able({to.pk}, by)
    return _give_all(planned_of(person, by), person, to, uuid4(), by=by, now=now)


def planned_of(person: User, by: Membership) -> FollowUpQuerySet:
    """What is planned in the hospital and has the person as responsible or deputy."""
    items: FollowUpQuerySet = FollowUp.objects.in_hospital(by.hospital_id).planned().filter(_of(person))
    return items


def _of(person: User) -> Q:
    return Q(responsible=person) | Q(deputy=person)


def _give_all(
    items: FollowUpQuerySet, person: User, to: User, submission: UUID, *, by: Membership, now: datetime
) -> int:
    given = list(items.select_for_update().order_by("id"))
    for place, item in enumerate(given):
        _give(item, person, to)
        words = f"Handed over from {person.full_name} to {to.full_name}."
        step = Step(State.PLANNED, submission if place == 0 else uuid4(), note=words)
        record(item, step, by=by, now=now)
    return len(given)


def _give(item: FollowUp, person: User, to: User) -> None:
    if item.responsible_id == person.pk:
        item.responsible = to
    if item.deputy_id == person.pk:
        item.deputy = to
    if item.deputy_id == item.responsible_id:
        item.deputy = None


def _require_able(people: Collection[UUID], by: Membership) -> None:
    if not set(people) <= {member.user_id for member in able_people(by)}:
        raise NotAbleError
