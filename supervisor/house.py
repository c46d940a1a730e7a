"""One folder, one supervisor: holds the programs together and takes them all down together."""

import signal
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import FrameType
from typing import Self, TextIO, TypeVar

from supervisor.errors import SupervisorError
from supervisor.folders import RunLock, private_folder, socket_folder
from supervisor.processes import Processes
from supervisor.watchdog import DEFAULT_PATIENCE_SECONDS

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOOK_SECONDS = 0.2
Kept = TypeVar("Kept")


class Stopped(BaseException):
    """A signal asked us to stop. Not an Exception: nothing on the way may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


class House:
    """Programs that live and die together, with their data and logs below ``folder``.

    Enter it to get the folder (SupervisorError when another supervisor has it); leaving stops every program.
    """

    def __init__(self, folder: Path, *, patience: float = DEFAULT_PATIENCE_SECONDS) -> None:
        self.folder = folder.absolute()
        self.logs = self.folder / "log"
        self.sockets = socket_folder(self.folder)
        self._patience = patience
        self._stack = ExitStack()
        self._processes: Processes | None = None

    @property
    def processes(self) -> Processes:
        if self._processes is None:
            raise RuntimeError("a House must be entered (with House(...) as house) before programs can start")
        return self._processes

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
        except OSError as error:
            raise SupervisorError(f"The folder {self.folder} cannot be made: {error.strerror}.") from error
        with self._stack as stack:
            lock = stack.enter_context(RunLock(self.folder))
            self._processes = stack.enter_context(
                Processes(self.logs, inherited=[lock.inherited], patience=self._patience)
            )
            stack.callback(self._stop)
            private_folder(self.sockets)
            # It lies outside of our folder and must not outlive us, be it after a kill -9.
            self._processes.tell_watchdog(f"x {self.sockets}")
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        # From here on a second Ctrl-C must not leave half of the programs behind.
        for number in _STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        self._stack.close()

    def keep(self, held: AbstractContextManager[Kept]) -> Kept:
        """Enter a context manager and hold it until the programs stop."""
        return self._stack.enter_context(held)

    def watch(self) -> None:
        """Stay until a program ends by itself; SupervisorError then says which. A signal ends it too."""
        while (dead := self.processes.dead()) is None:
            time.sleep(_LOOK_SECONDS)  # a signal ends it; that is how the demonstration is stopped
        raise SupervisorError(
            f"{dead.name} ended by itself (code {dead.exit_code}); its log is {dead.log}. It ends with:\n"
            f"{dead.last_words()}"
        )

    def _stop(self) -> None:
        self.processes.stop_all(tell=lambda name: say(f"stopping {name}"))


def live_in(house: House, furnish: Callable[[House], None]) -> int:
    """Enter a house, let ``furnish`` start its programs, and stay until a signal or a program's end.

    The exit code for the shell: 0 after Ctrl-C, 128 + n after another signal n, 1 after an error (printed).
    """
    for number in _STOP_SIGNALS:
        # `nohup` asks to survive the terminal.
        if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise_stopped)
    try:
        with house:
            furnish(house)
            house.watch()
    except Stopped as stopped:
        return 0 if stopped.number == signal.SIGINT else 128 + stopped.number
    except SupervisorError as error:
        say(f"\n{error}", stream=sys.stderr)
    return 1


def say(line: str, *, end: str = "\n", stream: TextIO | None = None) -> None:
    """Print for the person watching; when nobody can read any more, go on without a word."""
    try:
        print(line, end=end, file=stream or sys.stdout, flush=True)
    except OSError:
        return


def _raise_stopped(number: int, _frame: FrameType | None) -> None:
    for one in _STOP_SIGNALS:
        signal.signal(one, signal.SIG_IGN)
    raise Stopped(number)
