"""Programs end with the supervisor, and say why when they cannot do their work."""

import subprocess
import sys
from pathlib import Path

import pytest

from supervisor.errors import SupervisorError
from supervisor.processes import Processes, wait_until
from tests.supervisor.conftest import ROOT, processes_in, wait_for

# Kills its watchdog, then itself: only the kernel is left to stop the sleeper.
NO_NET_BUT_THE_KERNEL = """
import os, signal, sys
from pathlib import Path
from supervisor.processes import Processes
processes = Processes(Path(sys.argv[1]))
processes.__enter__().start("sleeper", ["/bin/sleep", "600"])
os.kill(processes._watchdog.pid, signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_kernel_stops_programs_whose_supervisor_and_watchdog_were_killed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", NO_NET_BUT_THE_KERNEL, str(tmp_path)], cwd=ROOT, check=False)

    assert (tmp_path / "sleeper.log").exists()
    wait_for(lambda: processes_in(tmp_path) == [])


def test_a_step_that_fails_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes, pytest.raises(SupervisorError) as failure:
        processes.run("migrate", ["/bin/sh", "-c", "echo no such table; exit 3"])

    assert "migrate failed with code 3" in str(failure.value)
    assert str(failure.value).endswith("no such table")


def test_a_program_that_does_not_exist_is_reported_in_one_sentence(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes, pytest.raises(SupervisorError, match="web cannot be started"):
        processes.start("web", ["/no/such/program"])


def test_a_program_that_ends_before_it_is_ready_is_not_waited_for(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        child = processes.start("web", ["/bin/sh", "-c", "echo port is taken"])

        with pytest.raises(SupervisorError, match="web ended with code 0"):
            wait_until(lambda: False, child, seconds=30)


def test_programs_stop_in_the_reverse_order_of_their_start(tmp_path: Path) -> None:
    stopped: list[str] = []
    with Processes(tmp_path) as processes:
        for name in ("database", "worker", "web"):
            processes.start(name, ["/bin/sleep", "600"])

        processes.stop_all(tell=stopped.append)

    assert stopped == ["web", "worker", "database"]


def test_a_long_log_makes_room_for_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "web.log").write_bytes(b"x" * (6 * 1024 * 1024))

    with Processes(tmp_path) as processes:
        processes.run("web", ["/bin/echo", "new"])

    assert (tmp_path / "web.log").read_text() == "new\n"
    assert (tmp_path / "web.log.1").stat().st_size > 0
