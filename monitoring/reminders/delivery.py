"""Send digests so that none is lost nor, short of a killed process, sent twice (docs/adr/0008)."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from accounts.scope import hospital_scope
from monitoring.reminders.actions import claims, pulses, rates
from monitoring.reminders.actions.settling import settle
from monitoring.reminders.courier import Courier
from monitoring.reminders.models import Part
from monitoring.reminders.outcomes import Answer, Outcome

logger = logging.getLogger(__name__)

ACTOR = "reminders"


def deliver(
    *, hospital_id: UUID, digest_ids: Collection[UUID], clock: Callable[[], datetime]
) -> dict[UUID, Outcome]:
    """Claim a batch, then send and stamp one after the other over one connection.

    The claims, each stamp and each mail lie apart in time, so ``clock`` is asked for each. A process killed
    on the way leaves claims that run out; the next sweep sends those mails, the one in flight as the same
    mail again. What half the time for a batch does not suffice for is given back: a mail server that has
    become slow must not outlast the lease. What is beyond the minute's share of mails is not even claimed.
    """
    began = clock()
    outcomes = dict.fromkeys(digest_ids, Outcome.NOTHING_TO_SEND)
    granted = rates.take(len(outcomes), now=began)
    outcomes |= dict.fromkeys(list(outcomes)[granted:], Outcome.LATER)
    with hospital_scope(hospital_id, actor=ACTOR):
        taken = claims.claim(hospital_id=hospital_id, digest_ids=list(outcomes)[:granted], now=began)
    until = began + timedelta(seconds=settings.REMINDER_SEND_SECONDS / 2)
    with Courier() as courier:
        for claim in taken:
            answer = courier.send(claim) if clock() <= until else Answer(Outcome.NOT_ACCEPTED)
            settle(claim, answer, now=clock())
            if answer.outcome is not Outcome.SENT:
                logger.warning("digest %s: %s %s", claim.digest_id, answer.outcome, answer.code or "")
            outcomes[claim.digest_id] = answer.outcome
    pulses.beat(Part.SENDER, now=clock())
    return outcomes
