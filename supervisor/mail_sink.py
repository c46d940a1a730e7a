"""An SMTP server that keeps every mail and delivers none; in tests it also misbehaves as real ones do."""

import asyncio
import threading
from enum import Enum
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from supervisor.mail_store import MailStore

_LARGEST_MAIL = 25 * 1024 * 1024


class Mode(Enum):
    """What the server does with a mail once it has received all of it."""

    ACCEPT = "keep it and say so"
    REFUSE = "refuse it for good (554)"
    DEFER = "refuse it for now (451)"
    HANG = "say nothing, ever"
    DROP = "keep it, but close the connection without a word"


class MailSink:
    """The server, in a thread of its own, on a free port of 127.0.0.1 unless ``port`` is given.

    ``mode`` may be changed at any time and holds for the mails received from then on; ``connections`` counts
    those accepted so far.
    """

    def __init__(self, store: MailStore, *, port: int = 0, mode: Mode = Mode.ACCEPT) -> None:
        self.store = store
        self.mode = mode
        self.port = port
        self.connections = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail sink", daemon=True)
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Called by aiosmtpd with a complete mail; what is returned is the answer to the client."""
        mode = self.mode
        if mode is Mode.REFUSE:
            return "554 5.7.1 Refused"
        if mode is Mode.DEFER:
            return "451 4.3.0 Try again later"
        if mode is Mode.HANG:
            await asyncio.Event().wait()
        self.store.save(
            envelope.original_content or b"",
            sender=envelope.mail_from or "",
            recipients=list(envelope.rcpt_tos),
        )
        if mode is Mode.DROP and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return "250 2.0.0 Kept"

    async def _listen(self) -> asyncio.Server:
        def session() -> SMTP:
            self.connections += 1
            return SMTP(self, hostname="localhost", data_size_limit=_LARGEST_MAIL, enable_SMTPUTF8=True)

        return await self._loop.create_server(session, "127.0.0.1", self.port)

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
