"""A served timeline and a browser that looks at it. Import after Django is set up."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from playwright.sync_api import Page, sync_playwright

from benchmarks.house import ROOT
from supervisor.browser import launch_options
from supervisor.node import node_program
from tests.journeys.look import WIDE, Look
from tests.journeys.served import wait_until_healthy
from tests.monitoring.courses import long_course
from tests.personas import build_house

PATIENCE_MILLISECONDS = 60_000
DRAWN = "#timeline[aria-busy=false] svg"
# From the wish to zoom until the frame in which it is drawn.
ZOOM = """() => new Promise(done => {
  const began = performance.now();
  document.querySelector('[data-act="in"]').click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
WEIGHT = """() => performance.getEntriesByType('resource')
  .filter(one => ['script', 'link', 'css'].includes(one.initiatorType))
  .reduce((sum, one) => sum + one.encodedBodySize, 0)"""


@dataclass(frozen=True)
class Browsing:
    """A signed-in window."""

    page: Page

    def drawn_in(self, address: str) -> float:
        """Milliseconds from the arrival of the values to the last lane, as the page notes them."""
        self.page.goto(address)
        self.page.locator(DRAWN).first.wait_for()
        return float(self.page.locator("#timeline").get_attribute("data-drawn-in") or "nan")

    def zoomed_in(self) -> float:
        return float(self.page.evaluate(ZOOM))

    def script_and_style(self) -> int:
        """Bytes of script, style and fonts named by it, as they came over the wire."""
        return int(self.page.evaluate(WEIGHT))


def long_courses(numbers: Sequence[int]) -> dict[int, str]:
    """By number of values the address of a timeline that has so many."""
    with transaction.atomic():
        alice = build_house().alice
        patients = {number: long_course(alice, number, record_number=f"L-{number}") for number in numbers}
    return {number: f"/patients/{patient.pk}/timeline/" for number, patient in patients.items()}


@contextmanager
def browsing(*, code_for: float) -> Iterator[Browsing]:
    """Serve the house and sign Alice in; ``code_for`` is the Unix time of her second factor."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node_program()))
    with _served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**dict(launch_options()))  # type: ignore[arg-type] # its own words
        page = browser.new_context(base_url=url, viewport=WIDE).new_page()  # type: ignore[arg-type] # likewise
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        Look(page).sign_in("alice@a.example", code_for=code_for)
        yield Browsing(page)
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
    options = f"--interface wsgi --host 127.0.0.1 --port {port} --workers 1 --blocking-threads 2".split()
    command = [str(Path(sys.executable).with_name("granian")), *options, "poems_site.wsgi:application"]
    with TemporaryDirectory() as folder, (Path(folder) / "web.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment | {"SITE_URL": url}, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            wait_until_healthy(url, process, Path(folder) / "web.log")
            yield url
        finally:
            process.terminate()
            process.wait(timeout=10)
