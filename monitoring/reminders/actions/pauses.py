"""Let somebody's reminders go to their cover for a while."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Membership, User
from monitoring.follow_ups.people import able_people
from monitoring.reminders.models import LONGEST_PAUSE, Pause


class PauseRefusedError(ValueError):
    """The pause cannot be as asked; the message is the sentence for the person who asked."""


@transaction.atomic
def begin(
    *,
    cover: Membership,
    first_on: date,
    last_on: date,
    today: date,
    by: Membership,
    now: datetime,
    person: User | None = None,
) -> Pause:
    """Pause the reminders of ``person``, without one the member's own; a pause before it ends.

    Raises PauseRefusedError.
    """
    person = person or by.user
    if cover.user_id == person.pk or cover.user_id not in {one.user_id for one in able_people(by)}:
        raise PauseRefusedError("The cover must be a colleague of this hospital who may manage follow-ups.")
    if last_on < first_on or last_on < today:
        raise PauseRefusedError("The pause must not end before it begins, nor in the past.")
    if last_on - first_on > LONGEST_PAUSE:
        days = LONGEST_PAUSE // timedelta(days=1)
        raise PauseRefusedError(f"A pause lasts {days} days at most; for longer, hand your follow-ups over.")
    end_of(person=person, by=by, now=now)
    return Pause.objects.create(
        hospital_id=by.hospital_id,
        user=person,
        cover=cover.user,
        first_on=first_on,
        last_on=last_on,
        recorded_at=now,
        recorded_by=by.user,
    )


@transaction.atomic
def end(*, by: Membership, now: datetime) -> int:
    """End the member's pause at once; how many there were."""
    standing = Pause.objects.filter(hospital=by.hospital_id, user=by.user_id, ended_at=None)
    return standing.update(ended_at=now, ended_by=by.user)


@transaction.atomic
def hand_over_covers(*, person: User, to: User, by: Membership, now: datetime) -> int:
    """Let ``to`` stand in wherever ``person`` does from now on; how many pauses that were.

    Nobody stands in for themself: a pause of ``to`` ends.
    """
    covered = list(covered_by(person, by).select_for_update())
    for pause in covered:
        if pause.user_id == to.pk:
            pause.ended_at, pause.ended_by = now, by.user
        else:
            pause.cover = to
        pause.save()
    return len(covered)


def covered_by(person: User, by: Membership) -> QuerySet[Pause]:
    """The pauses in the hospital that were not ended and in which the person stands in."""
    return Pause.objects.filter(hospital=by.hospital_id, cover=person, ended_at=None)


@transaction.atomic
def end_of(*, person: User, by: Membership, now: datetime) -> int:
    """End the pause of somebody who leaves; how many there were."""
    standing = Pause.objects.filter(hospital=by.hospital_id, user=person, ended_at=None)
    return standing.update(ended_at=now, ended_by=by.user)
