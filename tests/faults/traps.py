"""A mail server with traps: it stops one mail at a chosen point, or spoils one in a chosen way."""

import asyncio
from enum import Enum

from aiosmtpd.smtp import SMTP, Envelope, Session

from supervisor.mail_store import MailStore
from tests.faults.conftest import WatchedSink


class Trap(Enum):
    """Where the next mail is stopped. At ``CLAIMED`` the batch is claimed and nothing of it was sent."""

    CLAIMED = "before the sender is taken"
    IN_DATA = "text received, not kept, no answer"
    BEFORE_STAMP = "kept, but the answer never leaves"
    DROP = "kept, and the connection broken off without an answer"
    PUT_OFF = "451"
    REFUSE = "554: parked until somebody sends it again"
    HANG = "text received, not kept, no answer; its worker lives and gives up"


class TrappingSink(WatchedSink):
    """``set`` arms a trap for one mail; ``caught`` is then the number of the digest that is held in it.

    A trap that only spoils (DROP and those below) names its digest too, and holds nothing.
    """

    def __init__(self, store: MailStore) -> None:
        super().__init__(store)
        self.caught = ""
        self._trap: Trap | None = None

    def set(self, trap: Trap) -> None:
        self.caught, self._trap = "", trap

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._springs(Trap.CLAIMED, address):
            await asyncio.Event().wait()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Sender taken"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (as above)
        sender = envelope.mail_from or ""
        if self._springs(Trap.IN_DATA, sender) or self._springs(Trap.HANG, sender):
            await asyncio.Event().wait()
        if self._springs(Trap.PUT_OFF, sender):
            return "451 4.3.0 Try again later"
        if self._springs(Trap.REFUSE, sender):
            return "554 5.7.1 Refused"
        trap = self._trap
        answer = await super().handle_DATA(server, session, envelope)
        if trap is Trap.BEFORE_STAMP and self._springs(trap, sender):
            await asyncio.Event().wait()
        if trap is Trap.DROP and self._springs(trap, sender):
            transport = server.transport
            if isinstance(transport, asyncio.Transport):
                transport.abort()
        return answer

    def _springs(self, trap: Trap, sender: str) -> bool:
        """Whether this mail is the one for the armed trap; it springs once."""
        if self._trap is not trap:
            return False
        self._trap, self.caught = None, sender.partition("+")[2].partition("@")[0]
        return True
