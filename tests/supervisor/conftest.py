"""Houses that run in processes of their own, so that they can be killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]


class RunningHouse:
    """One supervisor at work, and what it said when it was ready."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.supervisor.light_house", str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Under nohup the tests ignore hang-ups, and a supervisor started so would rightly do the same.
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
        )
        assert self.process.stdout is not None
        first_line = self.process.stdout.readline()
        self.ready: dict[str, str] = json.loads(first_line) if first_line else {}

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def ended(self) -> tuple[int, str]:
        """Wait for its end: exit code and what it said on standard error."""
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """One statement as the owner, committed."""
        with psycopg.connect(self.ready["owner"]) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def redis(self) -> redis.Redis:
        return redis.Redis.from_url(self.ready["redis"])


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a house after its first start: a copy spares the other tests a second each."""
    house = RunningHouse(tmp_path_factory.mktemp("first") / "data")
    house.process.terminate()
    house.process.communicate(timeout=30)
    return house.folder


@pytest.fixture
def start_house(empty_data: Path) -> Iterator[Callable[[Path], RunningHouse]]:
    """Start houses in a folder that exists or is made; those still running in the end are stopped."""
    running: list[RunningHouse] = []

    def start(folder: Path) -> RunningHouse:
        if not folder.exists():
            shutil.copytree(empty_data, folder, ignore=shutil.ignore_patterns("log", "*.lock"))
        running.append(RunningHouse(folder))
        return running[-1]

    yield start
    for house in running:
        house.process.terminate()
        house.process.communicate(timeout=30)
    wait_for(lambda: not any(processes_in(house.folder) for house in running))


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Return as soon as ``condition`` holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.02)


def processes_in(folder: Path) -> list[str]:
    """The running processes that have a file below ``folder`` open (each has its log), as "pid command"."""
    return [
        f"{process.name} {(process / 'comm').read_text().strip()}"
        for process in Path("/proc").glob("[0-9]*")
        if int(process.name) != os.getpid() and _has_open(process, folder)
    ]


def _has_open(process: Path, folder: Path) -> bool:
    try:
        return any(file.readlink().is_relative_to(folder) for file in (process / "fd").iterdir())
    except OSError:
        return False  # It ended while we looked, or it is somebody else's.
