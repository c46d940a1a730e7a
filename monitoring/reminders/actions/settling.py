"""Say what became of a mail: one statement, so that nothing lies between a server's yes and its stamp."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from monitoring.reminders.actions.claims import Claim, worker_name
from monitoring.reminders.outcomes import Answer, Outcome

LONGEST_PAUSE = timedelta(hours=1)
# The function enters the hospital's scope itself and leaves it as it found it (migration 0005).
_SETTLE = "SELECT reminders_settle(%s, %s, %s, %s, %s, %s, %s, %s)"


def settle(claim: Claim, answer: Answer, *, now: datetime) -> bool:
    """Stamp, park, give back or leave in doubt, and note the attempt; False where the digest had an end.

    Outside a transaction it commits by itself. What was not accepted is tried again after a pause, what is in
    doubt too, as the same mail; both may be tomorrow's instead.
    """
    again = answer.outcome in (Outcome.NOT_ACCEPTED, Outcome.IN_DOUBT)
    with connection.cursor() as cursor:
        cursor.execute(
            _SETTLE,
            [
                claim.hospital_id,
                claim.digest_id,
                answer.outcome,
                answer.code,
                answer.of_the_address,
                now,
                now + pause(claim.digest_id, claim.attempts) if again else None,
                worker_name(),
            ],
        )
        row: tuple[bool] = cursor.fetchone()
    return row[0]


def pause(digest_id: UUID, attempts: int) -> timedelta:
    """Doubles with each attempt, and is up to half as long again, so that many do not return at once."""
    first = timedelta(seconds=settings.REMINDER_LEASE_SECONDS)
    spread = digest_id.int % 1000 / 1000
    return min(first * 2 ** min(attempts - 1, 10), LONGEST_PAUSE) * (1 + spread / 2)
