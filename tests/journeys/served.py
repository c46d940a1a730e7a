"""What a journey knows of the running product."""

import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from supervisor.mail_store import MailStore
from tests.personas import House

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Served:
    """A running web server and what surrounds it."""

    url: str
    mails: MailStore
    environment: dict[str, str]
    house: House


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when /healthz answers 200; raises with the server's last words when it does not."""
    wait_until_answers(f"{url}/healthz", process, log)


def wait_until_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when ``address`` answers 200; raises with the server's last words when it does not."""
    pause = threading.Event()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pause.wait(0.05)
    raise RuntimeError(f"The server did not become healthy:\n{log.read_text()[-2000:]}")
