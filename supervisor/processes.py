"""Starts programs, watches them, stops them, and leaves none behind.

Three nets, each for the case in which the one before it failed:

- `Processes.stop` ends every program and what is left of its process group;
- the kernel signals every program when the supervisor dies (PR_SET_PDEATHSIG);
- the watchdog, a process of its own, kills after a few seconds what ignored that signal.

Start programs from the main thread only: the kernel sends that signal when the *thread* that forked ends.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

from supervisor import watchdog
from supervisor.errors import SupervisorError
from supervisor.identity import Identity, become

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)
_LOG_BYTES_KEPT = 5 * 1024 * 1024


class Child:
    """A program that was started: its own session and process group, its output in a log file."""

    def __init__(
        self,
        name: str,
        process: subprocess.Popen[bytes],
        log: Path,
        stop_signal: signal.Signals,
    ) -> None:
        self.name = name
        self.log = log
        self._process = process
        self._stop_signal = stop_signal

    @property
    def pid(self) -> int:
        """Also the id of its process group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative is the number of the signal that ended it."""
        return self._process.poll()

    def wait(self, seconds: float | None = None) -> int:
        """Its exit code; TimeoutError when it still runs after ``seconds``."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired as late:
            raise TimeoutError(f"{self.name} still runs after {seconds} s") from late

    def stop(self, grace: float) -> None:
        """Ask it to stop, wait up to ``grace`` seconds, then kill it; its descendants never outlive it."""
        if self.exit_code is None:
            self._process.send_signal(self._stop_signal)
            try:
                self._process.wait(grace)
            except subprocess.TimeoutExpired:
                self._process.kill()
        watchdog.kill({self.pid})
        self._process.wait()

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Processes:
    """The programs one supervisor has started, in the order in which they were started.

    ``inherited`` are file descriptors every program keeps open (the lock of the run). ``patience`` is how
    many seconds a program may take to stop before it is killed.
    """

    def __init__(
        self,
        logs: Path,
        *,
        inherited: Sequence[int] = (),
        patience: float = watchdog.DEFAULT_PATIENCE_SECONDS,
    ) -> None:
        self._logs = logs
        self._inherited = tuple(inherited)
        self._patience = patience
        self._children: list[Child] = []
        self._watchdog: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._watchdog = subprocess.Popen(
            [sys.executable, "-I", "-S", watchdog.__file__, str(self._patience)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            start_new_session=True,
            pass_fds=self._inherited,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.stop_all()
        if self._watchdog is not None and self._watchdog.stdin is not None:
            self._watchdog.stdin.close()
            self._watchdog.wait()
            self._watchdog = None

    def start(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        identity: Identity = Identity.CALLER,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> Child:
        """Start a program that keeps running; ``name`` names its log.

        Raises SupervisorError when it cannot be executed at all.
        """
        log = self._logs / f"{name}.log"
        _shorten(log)
        with log.open("ab") as output:
            try:
                process = subprocess.Popen(
                    [str(word) for word in argv],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=None if env is None else dict(env),
                    cwd=cwd,
                    start_new_session=True,
                    pass_fds=self._inherited,
                    preexec_fn=_before_exec(identity, stop_signal),  # noqa: PLW1509 (one thread only, see above)
                )
            except (OSError, subprocess.SubprocessError) as error:
                raise SupervisorError(f"{name} cannot be started: {error} ({argv[0]}).") from error
        child = Child(name, process, log, stop_signal)
        self._children.append(child)
        self.tell_watchdog(f"+ {child.pid}")
        return child

    def run(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        identity: Identity = Identity.CALLER,
    ) -> None:
        """Run a program to its end; SupervisorError with the end of its log when it fails."""
        child = self.start(name, argv, env=env, cwd=cwd, identity=identity)
        try:
            code = child.wait()
        finally:
            self.stop(child)
        if code != 0:
            raise SupervisorError(
                f"{name} failed with code {code}; the end of {child.log}:\n{child.last_words()}"
            )

    def dead(self) -> Child | None:
        """The first program that has ended although nobody stopped it."""
        return next((child for child in self._children if child.exit_code is not None), None)

    def stop(self, child: Child) -> None:
        """Stop one program."""
        child.stop(self._patience)
        if child in self._children:
            self._children.remove(child)
        self.tell_watchdog(f"- {child.pid}")

    def stop_all(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Stop all programs, the last started first; ``tell`` hears the name of each before it stops."""
        for child in reversed(self._children.copy()):
            tell(child.name)
            self.stop(child)

    def tell_watchdog(self, line: str) -> None:
        """One event of the watchdog's protocol (supervisor/watchdog.py)."""
        if self._watchdog is None or self._watchdog.stdin is None:
            raise RuntimeError(
                "Processes must be entered (with Processes(...) as ...) before it can start anything"
            )
        try:
            self._watchdog.stdin.write(f"{line}\n".encode())
        except BrokenPipeError:
            # Somebody killed the watchdog. The two other nets still hold; failing here would drop them too.
            return


def wait_until(ready: Callable[[], bool], child: Child, *, seconds: float, every: float = 0.02) -> None:
    """Return once ``ready()``; SupervisorError when ``child`` ends first or ``seconds`` have passed."""
    deadline = time.monotonic() + seconds
    while not ready():
        if child.exit_code is not None:
            raise SupervisorError(
                f"{child.name} ended with code {child.exit_code}; "
                f"the end of {child.log}:\n{child.last_words()}"
            )
        if time.monotonic() > deadline:
            raise SupervisorError(f"{child.name} is not ready after {seconds:.0f} s; its log is {child.log}.")
        time.sleep(every)


def die_with_parent(parent: int, number: signal.Signals) -> None:
    """Have the kernel send this process ``number`` as soon as ``parent`` dies, now if it is dead already."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _before_exec(identity: Identity, death_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        become(identity)
        # After the change of identity, which clears it.
        die_with_parent(parent, death_signal)

    return prepare


def _shorten(log: Path) -> None:
    """Start a new log when the old one is long; one old log is kept."""
    if log.exists() and log.stat().st_size > _LOG_BYTES_KEPT:
        log.replace(log.with_suffix(".log.1"))
