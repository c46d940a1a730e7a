"""End sessions: one, all but the present one, or all of a person. Each is signed out at its next request."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import User


@transaction.atomic
def end(*, session: UserSession) -> None:
    session.end()


@transaction.atomic
def end_others(*, user: User, keep: str | None) -> int:
    """End every session that ``user`` began by signing in, but the one whose key is ``keep``; how many."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)


@transaction.atomic
def end_all(*, user: User, now: datetime) -> int:
    """Sign the person out everywhere, from their next request on; how many sessions that were.

    Looks into every session there is, so that also one is found that no list of sessions knows.
    """
    theirs = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=now)
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    UserSession.objects.filter(user=user).delete()
    return len(theirs)
