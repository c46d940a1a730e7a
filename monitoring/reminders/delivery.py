"""Send one digest so that it is neither lost nor, short of a killed process, sent twice."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from accounts.scope import hospital_scope
from monitoring.reminders import emails
from monitoring.reminders.actions import claims

logger = logging.getLogger(__name__)

ACTOR = "reminders"


class Outcome(StrEnum):
    SENT = "sent"
    NOTHING_TO_SEND = "nothing to send"
    NOT_ACCEPTED = "not accepted"
    IN_DOUBT = "in doubt"


def deliver(*, hospital_id: UUID, digest_id: UUID, clock: Callable[[], datetime]) -> Outcome:
    """Claim, send, stamp; three transactions' worth of time apart, so ``clock`` is asked three times.

    A process killed on the way leaves a claim that runs out; the next sweep sends the same mail again.
    """
    with hospital_scope(hospital_id, actor=ACTOR):
        claim = claims.claim(hospital_id=hospital_id, digest_id=digest_id, now=clock())
    outcome = Outcome.NOTHING_TO_SEND if claim is None else _send(claim)
    settle = _SETTLE.get(outcome)
    if settle is not None:
        with hospital_scope(hospital_id, actor=ACTOR):
            settle(hospital_id=hospital_id, digest_id=digest_id, now=clock())
    logger.info("digest %s: %s", digest_id, outcome)
    return outcome


_SETTLE: dict[Outcome, Callable[..., None]] = {
    Outcome.SENT: claims.stamp_sent,
    Outcome.NOT_ACCEPTED: claims.give_back,
    Outcome.IN_DOUBT: claims.leave_in_doubt,
}


def _send(claim: claims.Claim) -> Outcome:
    """Hand the mail to the server. An answer from it settles the matter; silence leaves it open."""
    connection = mail.get_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.warning("digest %s: no mail server: %s", claim.digest_id, type(error).__name__)
        return Outcome.NOT_ACCEPTED
    try:
        emails.send_digest(
            to=claim.address, message_id=claim.message_id, counts=claim.counts, connection=connection
        )
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        logger.warning("digest %s: refused: %s", claim.digest_id, type(error).__name__)
        return Outcome.NOT_ACCEPTED
    except OSError as error:
        logger.warning("digest %s: no answer: %s", claim.digest_id, type(error).__name__)
        return Outcome.IN_DOUBT
    else:
        return Outcome.SENT
    finally:
        _close(connection)


def _close(connection: BaseEmailBackend) -> None:
    """Say goodbye; what the server makes of that changes nothing about the mail."""
    try:
        connection.close()
    except OSError as error:
        logger.info("the mail server broke off at the end: %s", type(error).__name__)
