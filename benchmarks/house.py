"""What every benchmark of pages needs: the real services, a hospital, a signed-in clinician, a stopwatch."""

import logging
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from supervisor.testing import start_test_services

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9


@contextmanager
def running_house() -> Iterator[None]:
    """Start and migrate the services and set Django up; stop everything afterwards."""
    services = start_test_services()
    try:
        os.environ.update(services.environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "poems_site.settings"
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--database", "owner", "-v", "0"],
            cwd=ROOT,
            check=True,
        )
        import django  # noqa: PLC0415 - only after the addresses are known

        django.setup()
        # A line a request would drown the report.
        logging.getLogger("accounts.request").setLevel(logging.WARNING)
        yield
    finally:
        services.stop()


def cpu_milliseconds(act: Callable[[], object], *, times: int) -> float:
    """Median CPU time of one call in this process, over ROUNDS rounds of ``times`` calls, after a warm-up."""
    act()
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            act()
        rounds.append((time.process_time() - began) / times * 1000)
    return statistics.median(rounds)


def wall_milliseconds(act: Callable[[], object], *, times: int) -> float:
    """Median elapsed time of one call, over ROUNDS rounds of ``times`` calls, after a warm-up."""
    act()
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(times):
            act()
        rounds.append((time.perf_counter() - began) / times * 1000)
    return statistics.median(rounds)


def report(what: str, value: float, *, unit: str, limit: float | None = None) -> bool:
    """Print one line; whether the value keeps its limit (no limit: always)."""
    kept = limit is None or value <= limit
    bound = "" if limit is None else f"   limit {limit:g}   {'kept' if kept else 'EXCEEDED'}"
    print(f"{what:<58} {value:8.2f} {unit}{bound}")
    return kept
