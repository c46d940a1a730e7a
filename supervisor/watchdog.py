"""The last to leave: when the supervisor dies, however it dies, end what it had started.

Run as a program of its own. The supervisor holds the other end of standard input and writes a line per event:
``+ 123`` (process group 123 was started), ``- 123`` (it is gone), ``x /path`` (to be removed at the end).
The end of input means that the supervisor is dead, be it by kill -9. The kernel has then told every child to
stop already (supervisor/processes.py); what is still there after a few seconds is killed.
"""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

DEFAULT_PATIENCE_SECONDS = 10.0


def main(patience: float) -> None:
    """Read events until the supervisor is dead; end what it left, after ``patience`` seconds by force."""
    groups: set[int] = set()
    folders: set[str] = set()
    for line in sys.stdin:
        verb, _, rest = line.rstrip("\n").partition(" ")
        if verb == "+":
            groups.add(int(rest))
        elif verb == "-":
            groups.discard(int(rest))
        elif verb == "x":
            folders.add(rest)
    end(groups, patience)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def end(groups: set[int], patience: float) -> None:
    """Wait for the process groups to end; kill those that do not."""
    deadline = time.monotonic() + patience
    while any(alive(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.05)  # grandchildren: only a parent is told of an end
    kill(groups)


def kill(groups: set[int]) -> None:
    """Kill whatever is left of the process groups."""
    for group in groups:
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            continue


def alive(group: int) -> bool:
    """Whether any process of the group runs; one that is dead and only waits to be buried does not."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return any(_runs_in(group, stat) for stat in Path("/proc").glob("[0-9]*/stat"))


def _runs_in(group: int, stat: Path) -> bool:
    try:
        # pid (name) state parent group ...; the name may hold anything.
        state, _, its_group = stat.read_text(errors="replace").rpartition(")")[2].split()[:3]
    except (OSError, ValueError):
        return False
    return int(its_group) == group and state != "Z"


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    main(float(sys.argv[1]))
