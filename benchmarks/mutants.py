"""Break the guideline on purpose, mutant by mutant, and see whether a test notices.

mutmut makes the mutants and keeps the verdicts, so ``mutmut results``, ``mutmut show`` and ``mutmut browse``
read what this run found. Only the loop is our own, for two reasons. Speed: the tests are imported once and
every mutant runs in a fork that calls them directly, a few hundredths of a second instead of one. Truth: what
is built on import (tables of rules, cached content) was built before a fork switches its mutant on; so a
survivor that the import had already touched is tried again in a process of its own.

Run as ``python -m benchmarks.mutants``: mutants that have a verdict keep it. ``'guideline.course.vegf.*'``
tries those again, ``--survivors`` all that are not killed yet. With ``--seconds 1`` a mutant that outlives
one second of tests counts as a survivor: a first run over all is short, and a second one over its survivors
thorough. Exits with 1 where fewer than 95 in 100 of all mutants are killed.
"""

import argparse
import fnmatch
import gc
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from time import monotonic, process_time

import pytest
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation import trampoline
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import (
    copy_also_copy_files,
    copy_src_dir,
    setup_source_paths,
    walk_mutatable_files,
)
from mutmut.utils.format_utils import mangled_name_from_mutant_name

ROOT = Path(__file__).parents[1]
LEAST_KILLED_PERCENT = 95
# What mutmut writes down for a mutant: its own exit codes.
KILLED, SURVIVED, NO_TESTS, TIMEOUT = 1, 0, 33, 36
NOT_KILLED = {SURVIVED: "survived", NO_TESTS: "no test", None: "untried"}
NO_MUTANT = "guideline.nowhere.x_nothing__mutmut_0"
SECONDS_OF_GRACE = 20


@dataclass
class Loop:
    """A pytest plugin: instead of running the tests once, runs for each mutant those that reach it."""

    patterns: list[str]
    again: bool
    most_seconds: float
    at_once: int
    files: list[SourceFileMutationData] = field(default_factory=list)
    touched_by_import: set[str] = field(default_factory=set)
    reached_by: dict[str, list[pytest.Item]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    reach: dict[str, int] = field(default_factory=dict)

    def pytest_collection_finish(self) -> None:
        self.touched_by_import = set(state()._stats)  # noqa: SLF001 - mutmut has no other way to ask

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """See which test reaches which function, then try the mutants."""
        for item in session.items:
            self._watch(item)
            if session.testsfailed:
                return True
        set_mutant_under_test("")
        gc.collect()
        gc.freeze()
        if self._passes_without_a_mutant(session):
            self._try_all(session)
        return True

    def _watch(self, item: pytest.Item) -> None:
        state()._stats.clear()  # noqa: SLF001
        started = process_time()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        self.seconds[item.nodeid] = process_time() - started
        self.reach[item.nodeid] = len(state()._stats)  # noqa: SLF001
        for function in state()._stats:  # noqa: SLF001
            self.reached_by.setdefault(function, []).append(item)

    def _passes_without_a_mutant(self, session: pytest.Session) -> bool:
        """Whether a fork that changes nothing passes, in another order; if not, no verdict means anything."""
        items = sorted(session.items, key=lambda item: self.seconds[item.nodeid])
        _, status = os.waitpid(self._fork(session, NO_MUTANT, items), 0)
        return os.waitstatus_to_exitcode(status) == SURVIVED

    def _try_all(self, session: pytest.Session) -> None:
        running: dict[int, tuple[SourceFileMutationData, str]] = {}
        started, tried = monotonic(), 0
        for file, mutant in self._untried():
            items = self._items_for(mutant)
            if not items and mangled_name_from_mutant_name(mutant) not in self.touched_by_import:
                file.exit_code_by_key[mutant] = NO_TESTS
                continue
            while len(running) >= self.at_once:
                _reap(running)
            running[self._fork(session, mutant, items)] = (file, mutant)
            tried += 1
            if tried % 100 == 0:
                print(f"{tried} mutants in {monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        while running:
            _reap(running)

    def _untried(self) -> Iterator[tuple[SourceFileMutationData, str]]:
        """Every mutant that the patterns name; without patterns those that have no verdict yet."""
        for file in self.files:
            for mutant, verdict in list(file.exit_code_by_key.items()):
                named = any(fnmatch.fnmatch(mutant, pattern) for pattern in self.patterns)
                survived = self.again and verdict in (SURVIVED, NO_TESTS)
                if named or survived or (not self.patterns and verdict is None):
                    yield file, mutant
            file.save()

    def _items_for(self, mutant: str) -> list[pytest.Item]:
        """The tests that reach its function, those first that are likely to notice."""
        function = mangled_name_from_mutant_name(mutant)
        found = self.reached_by.get(function, [])
        reach = self.reach
        in_order = sorted(
            found, key=lambda i: (_distance(i, function), reach[i.nodeid], self.seconds[i.nodeid])
        )
        spent = accumulate(self.seconds[item.nodeid] for item in in_order)
        return [item for item, seconds in zip(in_order, spent, strict=True) if seconds <= self.most_seconds]

    def _fork(self, session: pytest.Session, mutant: str, items: list[pytest.Item]) -> int:
        child = os.fork()
        if child:
            return child
        session.config.pluginmanager.unregister(name="terminalreporter")
        expected = sum(self.seconds[item.nodeid] for item in items)
        limit = int(process_time() + 10 * expected) + SECONDS_OF_GRACE
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        trampoline.get_mutant_under_test = lambda: mutant
        killed = _kills(session, items)
        thorough = self.most_seconds == float("inf")
        if not killed and thorough and mangled_name_from_mutant_name(mutant) in self.touched_by_import:
            killed = _kills_from_the_start(mutant)
        os._exit(KILLED if killed else SURVIVED)


def _distance(item: pytest.Item, function: str) -> int:
    """How far the name of a test is from a function: a test may carry its name, or that of its module."""
    *_, folder, module, mangled = function.split(".")
    name = mangled.rpartition("ǁ")[2].removeprefix("x_").strip("_")
    if name in item.nodeid.lower().replace("-", "_"):
        return 0
    stem = item.path.stem
    if folder == "rules":
        return 1 if stem == _home_of_rule(module) else 2
    if folder == "course" and stem == "test_cases":
        return 1
    topics = {module[:4], *(word for word in name.split("_") if len(word) > len("rule"))}
    return 1 if any(topic in stem for topic in topics) else 2


def _home_of_rule(module: str) -> str:
    if module.startswith("advis"):
        return "test_advisories"
    behind = ("diagnosis", "extent", "pathway", "situation", "statuses", "options")
    return "test_pathway" if module in behind else "test_arguments"


def _kills(session: pytest.Session, items: list[pytest.Item]) -> bool:
    session.testsfailed = 0
    for item in items:
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        if session.testsfailed:
            return True
    return False


def _kills_from_the_start(mutant: str) -> bool:
    """The whole suite in a new process, so that everything built on import is built by the mutant."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", *_pytest_arguments()]
    environment = {**os.environ, "MUTANT_UNDER_TEST": mutant}
    return subprocess.run(command, env=environment, check=False, capture_output=True).returncode != 0


def _reap(running: dict[int, tuple[SourceFileMutationData, str]]) -> None:
    child, status = os.wait()
    file, mutant = running.pop(child)
    code = os.waitstatus_to_exitcode(status)
    file.exit_code_by_key[mutant] = code if code in (KILLED, SURVIVED) else TIMEOUT if code < 0 else KILLED


def _pytest_arguments() -> list[str]:
    return [*config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection]


def make_mutants() -> list[SourceFileMutationData]:
    """A copy of the package below ``mutants/`` in which every function knows its mutants."""
    Path("mutants").mkdir(exist_ok=True)
    set_mutant_under_test("mutant_generation")
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(max_children=2)
    files = [SourceFileMutationData(path=path) for path in walk_mutatable_files()]
    for file in files:
        file.load()
        file.meta_path = file.meta_path.absolute()
    return files


def report(files: list[SourceFileMutationData]) -> float:
    """Print what was found and return the share of all mutants that were killed, in percent."""
    verdicts = Counter(code for file in files for code in file.exit_code_by_key.values())
    for file in files:
        for mutant, code in file.exit_code_by_key.items():
            if code in NOT_KILLED:
                print(NOT_KILLED[code], mutant)
    total = verdicts.total()
    killed = verdicts[KILLED] + verdicts[TIMEOUT]
    print(f"{total} mutants: {killed} killed ({verdicts[TIMEOUT]} of them by never ending), ", end="")
    print(f"{verdicts[SURVIVED]} survived, {verdicts[NO_TESTS]} without a test, {verdicts[None]} untried")
    return 100 * killed / total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*")
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--at-once", type=int, default=2)
    wanted = parser.parse_args()
    os.chdir(ROOT)
    os.environ["AT_MOST_EXAMPLES"] = "12"
    files = make_mutants()
    set_mutant_under_test("stats")
    os.chdir("mutants")
    loop = Loop(wanted.patterns, wanted.survivors, wanted.seconds, wanted.at_once, files)
    pytest.main(["-q", "--tb=native", "--assert=plain", *_pytest_arguments()], plugins=[loop])
    os.chdir(ROOT)
    for file in files:
        file.save()
    return int(report(files) < LEAST_KILLED_PERCENT)


if __name__ == "__main__":
    sys.exit(main())
