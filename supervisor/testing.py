"""PostgreSQL and Valkey for one run of the tests: new, forgetful, gone afterwards.

Always started here, also where the environment names servers: tests empty tables and queues.
"""

import secrets
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from supervisor.postgres import APPLICATION, OWNER, Postgres
from supervisor.processes import Processes
from supervisor.quarters import find_quarters
from supervisor.valkey import Valkey

_MEMORY = Path("/dev/shm")  # noqa: S108 (mkdtemp makes a private folder in it)
# Not tempfile's default: the sockets lie here too, and TMPDIR may be long.
_SHORT = Path("/tmp")  # noqa: S108 (as above)
_MEMORY_NEEDED = 512 * 1024 * 1024


@dataclass(frozen=True)
class TestServices:
    """Servers that run.

    ``environment`` holds what the product's settings need; put it into ``os.environ`` first.
    """

    __test__ = False  # pytest takes every class whose name starts so for a class of tests.

    folder: Path
    postgres: Postgres
    valkey: Valkey
    environment: dict[str, str]
    _running: ExitStack

    def stop(self) -> None:
        """Stop the servers and remove their data."""
        self._running.close()


def start_test_services() -> TestServices:
    """Start both servers (about a second). Call it once per run, in the main thread, and `stop()` in the end.

    When the caller dies without `stop()`, the watchdog stops the servers and removes their data.
    """
    with ExitStack() as stack:
        parent = _MEMORY if _memory_is_ample() else _SHORT
        folder = Path(tempfile.mkdtemp(prefix="poems-test-", dir=parent))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        logs = folder / "log"
        logs.mkdir()
        processes = stack.enter_context(Processes(logs))
        processes.tell_watchdog(f"x {folder}")
        quarters = find_quarters(folder / "postgres", folder / "sockets", public=parent)
        for outside in quarters.elsewhere:
            processes.tell_watchdog(f"x {outside}")
        postgres = Postgres(quarters)
        postgres.start(processes, durable=False)
        valkey = Valkey(folder / "valkey", folder / "sockets")
        valkey.start(processes, durable=False)
        environment = {
            "DATABASE_URL": postgres.url(APPLICATION),
            "DATABASE_OWNER_URL": postgres.url(OWNER),
            "REDIS_URL": valkey.url,
            "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
        }
        return TestServices(folder, postgres, valkey, environment, stack.pop_all())


def _memory_is_ample() -> bool:
    try:
        return shutil.disk_usage(_MEMORY).free >= _MEMORY_NEEDED
    except OSError:
        return False
