"""The house as its users meet it: a real web server and database, browser and mail server."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from supervisor.browser import launch_options
from supervisor.mail_sink import MailSink
from supervisor.mail_store import MailStore
from supervisor.node import node_program
from tests import personas
from tests.journeys.look import Look
from tests.journeys.served import Served, wait_until_healthy
from tests.personas import House

PATIENCE_MILLISECONDS = 20_000  # a busy machine of two cores
ROOT = Path(__file__).resolve().parent.parent.parent
# Playwright's own Node needs a library that small machines lack.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node_program()))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return dict(launch_options())


@pytest.fixture
def more_environment() -> dict[str, str]:
    """What a journey adds to the environment of the product; none unless it says so."""
    return {}


@pytest.fixture
def served(committing_database: str, tmp_path: Path, more_environment: dict[str, str]) -> Iterator[Served]:
    """The product under a real server, with Alice's and Carlos's hospitals in it and nothing else."""
    store = MailStore(tmp_path / "mail")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    with MailSink(store) as sink:
        environment = os.environ | {
            "DATABASE_URL": os.environ["DATABASE_URL"].replace("/poems?", f"/{committing_database}?"),
            "SITE_URL": url,
            "EMAIL_PORT": str(sink.port),
            **more_environment,
        }
        del environment["DATABASE_OWNER_URL"]
        log = (tmp_path / "web.log").open("wb")
        logs = ["--log-config", "poems_site/granian_logs.json"]
        options = f"--interface wsgi --host 127.0.0.1 --port {port} --workers 1 --blocking-threads 2".split()
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("granian")), *options, *logs, "poems_site.wsgi:application"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(url, process, tmp_path / "web.log")
            yield Served(url=url, mails=store, environment=environment, house=personas.build_house())
        finally:
            process.terminate()
            process.wait(timeout=10)
            log.close()


@pytest.fixture
def worker(served: Served, tmp_path: Path) -> Iterator[None]:
    """A worker of the queue for long work, as an installation runs it."""
    options = ["--queues", "long", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "poems_site", "worker", *options],
            cwd=ROOT,
            env=served.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        yield
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def house(served: Served) -> House:
    """In journeys the personas live in the served database."""
    return served.house


@pytest.fixture
def look(browser: Browser, served: Served) -> Iterator[Look]:
    """A browser window that notes every console message, refused resource and server error; fails on any."""
    context = browser.new_context(base_url=served.url, locale="en-GB", timezone_id="Europe/Berlin")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    try:
        look = Look(context.new_page())
        yield look
        assert look.complaints == []
    finally:
        context.close()
