"""When a session locks and when it ends (docs/sign-in.md).

Unused for a while it *locks*: the page asks again who is there, and what was typed stays. After a working day
it *ends*, used or not. Both are counted in the session itself; the browser's own clock is only a courtesy.
"""

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

# Unix times, in the session.
SIGNED_IN = "signed_in_at"
USED = "used_at"
LOCKED = "locked_at"
# Use is written down once in so many seconds, not at each click.
NOTED_EVERY = 60


def begin(session: SessionBase, *, now: float) -> None:
    session[SIGNED_IN] = session[USED] = now
    session.pop(LOCKED, None)


def has_ended(session: SessionBase, *, now: float) -> bool:
    """Whether the working day is over; a session without a beginning is from before this was counted."""
    return now - session.get(SIGNED_IN, now) >= settings.SESSION_HOURS * 3600


def is_locked(session: SessionBase, *, now: float) -> bool:
    """Whether the page asks again; once locked it stays so until somebody has proved who they are."""
    return LOCKED in session or now - session.get(USED, now) >= settings.SESSION_IDLE_MINUTES * 60


def lock(session: SessionBase, *, now: float) -> None:
    session.setdefault(LOCKED, now)


def unlock(session: SessionBase, *, now: float) -> None:
    session.pop(LOCKED, None)
    session[USED] = now


def use(session: SessionBase, *, now: float) -> bool:
    """Note that the session is used; whether that was written down."""
    if SIGNED_IN not in session:
        begin(session, now=now)
        return True
    if now - session.get(USED, 0) < NOTED_EVERY:
        return False
    session[USED] = now
    return True
