"""Send digests so that none is lost nor, short of a killed process, sent twice (docs/adr/0008)."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from accounts.scope import hospital_scope
from monitoring.reminders.actions import claims
from monitoring.reminders.courier import Answer, Courier, Outcome

logger = logging.getLogger(__name__)

ACTOR = "reminders"


def deliver(
    *, hospital_id: UUID, digest_ids: Collection[UUID], clock: Callable[[], datetime]
) -> dict[UUID, Outcome]:
    """Claim a batch, then send and stamp one after the other over one connection.

    The claims, each stamp and each mail lie apart in time, so ``clock`` is asked for each. A process killed
    on the way leaves claims that run out; the next sweep sends those mails, the one in flight as the same
    mail again. What half the time for a batch does not suffice for is given back: a mail server that has
    become slow must not outlast the lease.
    """
    began = clock()
    outcomes = dict.fromkeys(digest_ids, Outcome.NOTHING_TO_SEND)
    with hospital_scope(hospital_id, actor=ACTOR):
        taken = claims.claim(hospital_id=hospital_id, digest_ids=digest_ids, now=began)
    until = began + timedelta(seconds=settings.REMINDER_SEND_SECONDS / 2)
    with Courier() as courier:
        for claim in taken:
            answer = courier.send(claim) if clock() <= until else Answer(Outcome.NOT_ACCEPTED)
            with hospital_scope(hospital_id, actor=ACTOR):
                _settle(hospital_id, claim.digest_id, answer, clock())
            logger.info("digest %s: %s %s", claim.digest_id, answer.outcome, answer.code or "")
            outcomes[claim.digest_id] = answer.outcome
    return outcomes


def _settle(hospital_id: UUID, digest_id: UUID, answer: Answer, now: datetime) -> None:
    match answer.outcome:
        case Outcome.SENT:
            claims.stamp_sent(hospital_id=hospital_id, digest_id=digest_id, now=now)
        case Outcome.REFUSED:
            claims.park(hospital_id=hospital_id, digest_id=digest_id, code=answer.code, now=now)
        case Outcome.NOT_ACCEPTED:
            claims.give_back(hospital_id=hospital_id, digest_id=digest_id, now=now)
        case Outcome.IN_DOUBT:
            claims.leave_in_doubt(hospital_id=hospital_id, digest_id=digest_id, now=now)
