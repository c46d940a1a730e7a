"""One connection to the mail server, kept for a batch of digests, and what the server made of each mail."""

import logging
import smtplib
from dataclasses import replace
from types import TracebackType
from typing import Self

from django.core.mail.backends.smtp import EmailBackend

from monitoring.reminders import emails
from monitoring.reminders.actions.claims import Claim
from monitoring.reminders.outcomes import Answer, Outcome

logger = logging.getLogger(__name__)

FOR_GOOD = 500  # SMTP: answers from here on say that trying again is of no use


class Courier:
    """Sends claimed digests. The connection is opened for the first, kept, and opened again where it broke.

    After a server that cannot be reached or falls silent nothing more is tried: ``gave_up`` is True, and each
    further digest is not accepted.
    """

    def __init__(self) -> None:
        self.gave_up = False
        self._backend: EmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, claim: Claim) -> Answer:
        """Hand one mail to the server. An answer from it settles the matter; silence leaves it open."""
        connection = self._connected()
        if connection is None:
            return Answer(Outcome.NOT_ACCEPTED)
        try:
            letter = emails.letter_of(
                to=claim.address,
                digest_id=claim.digest_id,
                message_id=claim.message_id,
                counts=claim.counts,
            )
            connection.sendmail(letter.sender, [letter.recipient], letter.content)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            logger.warning("digest %s: %s", claim.digest_id, type(error).__name__)
            return self._after(error)
        return Answer(Outcome.SENT)

    def _connected(self) -> smtplib.SMTP | None:
        """Django opens the connection, with the settings of EMAIL_HOST and the like."""
        if self._backend is None and not self.gave_up:
            backend = EmailBackend()
            try:
                backend.open()
            except OSError as error:  # smtplib's errors are OSErrors too
                logger.warning("no mail server: %s", type(error).__name__)
                self.gave_up = True
            else:
                self._backend = backend
        return self._backend.connection if self._backend else None

    def _after(self, error: Exception) -> Answer:
        """What a failure says about the mail, and whether the connection can be used again."""
        match error:
            case smtplib.SMTPDataError():
                return self._told_no(error.smtp_code)
            case smtplib.SMTPRecipientsRefused():
                codes = [code for code, _ in error.recipients.values()]
                return replace(self._told_no(max(codes)), of_the_address=True)
            case smtplib.SMTPResponseException():  # about us or the connection, not about this mail
                self._hang_up()
                return Answer(Outcome.NOT_ACCEPTED, error.smtp_code)
            # smtplib reports a time-out as a lost connection too
            case smtplib.SMTPServerDisconnected() if not isinstance(error.__context__, TimeoutError):
                self._hang_up()
                return Answer(Outcome.IN_DOUBT)
            case OSError():
                self._hang_up()
                self.gave_up = True
                return Answer(Outcome.IN_DOUBT)
            case _:  # an address that cannot be written into a mail
                return Answer(Outcome.REFUSED, of_the_address=True)

    def _told_no(self, code: int) -> Answer:
        if code >= FOR_GOOD:
            return Answer(Outcome.REFUSED, code)
        self._hang_up()
        return Answer(Outcome.NOT_ACCEPTED, code)

    def _hang_up(self) -> None:
        """Say goodbye; what the server makes of that changes nothing about any mail."""
        backend, self._backend = self._backend, None
        if backend is None:
            return
        try:
            backend.close()
        except OSError as error:
            logger.info("the mail server broke off at the end: %s", type(error).__name__)
