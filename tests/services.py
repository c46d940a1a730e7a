"""A pytest plugin: real PostgreSQL and Valkey, started once per run, before the settings are read.

The parallel workers inherit the addresses through the environment. What the migrations make is kept as a
dump, because they take half a minute and a dump a second; a clean clone has none and migrates for real.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import psycopg
import pytest

from supervisor.testing import TestServices, start_test_services

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".pytest_cache"
_running: list[TestServices] = []
# How long an example takes says more of a busy machine than of the code; speed is measured in benchmarks/.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start the services in the controller, and migrate the database that test databases are copies of."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is not None:
        # Tests clear the cache and read queues; each worker has two of the sixteen databases for that.
        os.environ["REDIS_URL"] += f"?db={2 * int(worker.removeprefix('gw'))}"
        return
    services = start_test_services()
    _running.append(services)
    os.environ.update(services.environment)
    os.environ["TEST_LOGS"] = str(services.folder / "log")
    os.environ["DJANGO_SETTINGS_MODULE"] = "poems_site.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop beside the test
    os.environ["EMAIL_HOST"] = "127.0.0.1"
    os.environ["EMAIL_PORT"] = "1"  # nobody listens; a test that mails starts a sink
    _migrate(services)
    # A database nobody connects to: PostgreSQL copies only those.
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated TEMPLATE poems STRATEGY file_copy")


def _migrate(services: TestServices) -> None:
    """Bring the database up to date, from the dump of an earlier run that lacks the fewest migrations."""
    CACHE.mkdir(exist_ok=True)
    wanted = _migrations()
    known = {held.with_suffix(".sql"): json.loads(held.read_text()) for held in CACHE.glob("migrated-*.json")}
    fitting = [dump for dump, held in known.items() if held.items() <= wanted.items()]
    nearest = max(fitting, key=lambda dump: len(known[dump]), default=None)
    if nearest is not None:
        services.postgres.load(nearest)
        if known[nearest] == wanted:
            return
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--database", "owner", "-v", "0"], cwd=ROOT, check=True
    )
    dump = dump_of_migrations()
    services.postgres.dump(dump)
    draft = dump.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(wanted))
    draft.replace(dump.with_suffix(".json"))


def dump_of_migrations() -> Path:
    """Where the migrated database of this checkout is kept; it is there once the services have started."""
    return CACHE / f"migrated-{_digest(repr(sorted(_migrations().items())).encode())}.sql"


def _migrations() -> dict[str, str]:
    """What makes the database, by path: the migrations, what they call, and the libraries."""
    paths = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("*/*/migrations/*.py"),
        ROOT / "accounts/row_level_security.py",
        ROOT / "accounts/trail/walls.py",
        ROOT / "requirements/dev.txt",
        ROOT / "supervisor/postgres.py",
    ]
    return {str(path.relative_to(ROOT)): _digest(path.read_bytes()) for path in paths}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def pytest_unconfigure() -> None:
    while _running:
        _running.pop().stop()
