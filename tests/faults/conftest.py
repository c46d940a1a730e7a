"""Real processes that can be killed: a broker, workers and a beat of the test's own, and a mail server."""

import asyncio
import os
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import transaction

from supervisor.mail_sink import MailSink
from supervisor.mail_store import MailStore
from supervisor.processes import Child, Processes
from supervisor.valkey import Valkey
from tests.personas import House, build_house

ROOT = Path(__file__).resolve().parents[2]
# Long, because it only passes in full when a test fails, and programs start slowly on a busy machine.
PATIENCE_SECONDS = 60
LEASE_SECONDS = 4


class WatchedSink(MailSink):
    """Remembers the Message-ID of every mail whose text has come in whole, whatever is answered.

    While ``mute`` it keeps a mail as the mode says, but its answer never leaves.
    """

    def __init__(self, store: MailStore) -> None:
        super().__init__(store)
        self.seen: list[str] = []
        self.mute = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        self.seen.append(str(message_from_bytes(envelope.original_content or b"")["Message-ID"]))
        mute = self.mute
        answer = await super().handle_DATA(server, session, envelope)
        if mute:
            await asyncio.Event().wait()
        return answer


@dataclass
class Site:
    """A running site in miniature; ``start_worker`` and ``start_beat`` start real Celery programs."""

    house: House
    sink: WatchedSink
    environment: dict[str, str]
    processes: Processes
    folder: Path

    def start_worker(self, *options: str) -> Child:
        alone = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        return self._celery("worker", "--concurrency", "1", *alone, *options)

    def start_worker_with_beat(self) -> Child:
        """Both in one program, which starts faster than two."""
        return self.start_worker("--beat", "-s", str(self.folder / "beat_of_worker"))

    def start_beat(self, schedule: str = "beat") -> Child:
        """``schedule`` names the file in which it remembers when it asked for what."""
        return self._celery("beat", "--pidfile=", "-s", str(self.folder / schedule))

    def _celery(self, *arguments: str) -> Child:
        return self.processes.start(
            f"{arguments[0]}-{secrets.token_hex(2)}",
            [sys.executable, "-m", "celery", "-A", "poems_site", *arguments, "--loglevel", "INFO"],
            env=self.environment,
            cwd=ROOT,
        )


def kill(child: Child) -> None:
    """As the kernel does when memory runs out: the whole program at once, without a word."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait(PATIENCE_SECONDS)


def wait_for(condition: Callable[[], bool], what: str, *, seconds: float = PATIENCE_SECONDS) -> None:
    """Return as soon as ``condition`` holds; fail saying ``what`` did not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds} s in vain for {what}")
        time.sleep(0.05)


def impatient(mail_port: int, *, lease: int) -> dict[str, str]:
    """Settings of programs that send to ``mail_port``, look often and wait little."""
    return {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_port),
        "REMINDER_SWEEP_SECONDS": "1",
        "REMINDER_LEASE_SECONDS": str(lease),
        # A silent server is given up before the task's time is (three quarters of the lease).
        "EMAIL_TIMEOUT": str(max(lease * 3 // 4 - 1, 1)),
        "IMPORT_SWEEP_SECONDS": "1",
        "PYTHONWARNINGS": "default",
    }


@pytest.fixture
def site(committing_database: str, tmp_path: Path) -> Iterator[Site]:
    with (
        tempfile.TemporaryDirectory(
            prefix="poems-faults-", dir="/tmp"
        ) as sockets,  # short: sockets lie in it
        Processes(tmp_path, patience=1) as processes,
        WatchedSink(MailStore(tmp_path / "mail")) as sink,
    ):
        valkey = Valkey(tmp_path / "valkey", Path(sockets))
        valkey.start(processes, durable=False)
        with transaction.atomic():
            house = build_house()
            for hospital in (house.a, house.b):
                hospital.digest_hour = 0
                hospital.save()
        environment = os.environ | {
            "DATABASE_URL": urlunsplit(
                urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{committing_database}")
            ),
            "REDIS_URL": valkey.url,
        }
        environment |= impatient(sink.port, lease=LEASE_SECONDS)
        environment.pop("DATABASE_OWNER_URL", None)
        yield Site(house, sink, environment, processes, tmp_path)
        processes.stop_all()
