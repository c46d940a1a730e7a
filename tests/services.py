"""A pytest plugin: real PostgreSQL and Valkey, started once per run, before the settings are read.

The parallel workers inherit the addresses through the environment.
"""

import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import psycopg
import pytest

from supervisor.testing import TestServices, start_test_services

ROOT = Path(__file__).resolve().parent.parent
_running: list[TestServices] = []
# How long an example takes says more of a busy machine than of the code; speed is measured in benchmarks/.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start the services in the controller, and migrate the database that test databases are copies of."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    services = start_test_services()
    _running.append(services)
    os.environ.update(services.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "poems_site.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop beside the test
    os.environ["EMAIL_HOST"] = "127.0.0.1"
    os.environ["EMAIL_PORT"] = "1"  # nobody listens; a test that mails starts a sink
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--database", "owner", "-v", "0"], cwd=ROOT, check=True
    )
    # A database nobody connects to: PostgreSQL copies only those.
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated TEMPLATE poems STRATEGY file_copy")


def pytest_unconfigure() -> None:
    while _running:
        _running.pop().stop()
