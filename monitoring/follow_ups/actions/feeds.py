"""Open and close the calendar feed of a person."""

import secrets
from datetime import datetime

from django.db import transaction

from accounts.models import Membership, User
from monitoring.follow_ups.feeds import hash_of
from monitoring.follow_ups.models import CalendarFeed


@transaction.atomic
def open_feed(*, by: Membership, now: datetime) -> str:
    """A new secret for the member's feed, shown once; the address before it stops working."""
    close_feed(by=by, now=now)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(
        user=by.user, hospital=by.hospital, secret_hash=hash_of(secret), opened_at=now, opened_by=by.user
    )
    return secret


@transaction.atomic
def close_feed(*, by: Membership, now: datetime) -> int:
    """Let the member's address stop working; how many there were."""
    return close_feed_of(person=by.user, by=by, now=now)


def close_feed_of(*, person: User, by: Membership, now: datetime) -> int:
    """The same for somebody who leaves the hospital."""
    standing = CalendarFeed.objects.filter(user=person, hospital=by.hospital, closed_at=None)
    return standing.update(closed_at=now, closed_by=by.user)
