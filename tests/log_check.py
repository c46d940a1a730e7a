"""Nothing the suite logged names a patient: looked at once, when every test has run.

Logs are what the tests' own process logs (kept here as the product writes it), what the database and Valkey
wrote, and every ``*.log`` of a program that a test started (web servers, workers, the demonstration).
"""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "TEST_LOGS"
# Patients of the tests themselves; their numbers are also some of the demonstration's.
OF_THE_TESTS = ("Schulz", "Schulze", "A-1001", "A-2002", "A-3003")


def demo_patients() -> list[str]:
    """Family names and record numbers of everybody in the demonstration."""
    people = yaml.safe_load((ROOT / "poems_site/demo/courses.yaml").read_text())["patients"]
    identities = [one["identity"] for one in people]
    return [one[part] for one in identities for part in ("family_name", "record_number")]


def leaks(files: Iterable[Path], words: Iterable[str]) -> Iterator[str]:
    """Each line of a log that holds one of the words as a word, with the file and the line's number."""
    pattern = re.compile("|".join(rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in sorted(set(words))))
    for file in files:
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), start=1):
            if found := pattern.search(line):
                yield f"{file}:{number}: {found[0]!r} in {line[:300]}"


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Write down what this process logs, in the product's own format."""
    if FOLDER not in os.environ:
        return
    name = os.environ.get("PYTEST_XDIST_WORKER", "tests")
    handler = logging.FileHandler(Path(os.environ[FOLDER]) / f"suite-{name}.log", delay=True)
    # What the product's handler writes is what an operator would see.
    for one in logging.getLogger().handlers:
        if one.formatter is not None and type(one.formatter).__name__ == "JsonFormatter":
            handler.setFormatter(one.formatter)
    logging.getLogger().addHandler(handler)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In the process that waits for all others: fail the run if any log names a patient."""
    if FOLDER not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
        return
    started = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined] # no public way
    files = [*Path(os.environ[FOLDER]).glob("*.log*"), *started.rglob("*.log*")]
    found = list(leaks((file for file in files if file.is_file()), [*demo_patients(), *OF_THE_TESTS]))
    terminal = session.config.get_terminal_writer()
    terminal.line(
        f"\n{len(files)} logs looked at for names and numbers of patients: {len(found)} lines with one"
    )
    for leak in found[:20]:
        terminal.line(leak)
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
