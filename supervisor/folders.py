"""Folders that nobody else can enter, and the lock that keeps two runs out of one folder."""

import errno
import fcntl
import hashlib
import os
import stat
import time
from pathlib import Path
from typing import Self

from supervisor.errors import SupervisorError

# How long a start waits for what an earlier, killed run left behind; longer than the watchdog's patience.
LEFTOVERS_SECONDS = 30.0

_PRIVATE = 0o700
# A longer one, with our name and the server's behind it, would not fit into the 107 bytes of a socket's path.
_LONGEST_RUNTIME_FOLDER = 60


def private_folder(path: Path, *, owner: int | None = None) -> Path:
    """Make ``path`` a folder of ``owner`` (default: the caller) with mode 0700, or accept one that is so.

    Anything else at that path (a link, somebody else's folder, wider permissions) is refused, never
    repaired: in a place like /tmp it may have been put there on purpose.
    """
    uid = os.geteuid() if owner is None else owner
    try:
        path.mkdir(mode=_PRIVATE, parents=True)
        if uid != os.geteuid():
            os.chown(path, uid, -1)
    except FileExistsError:
        pass
    except OSError as error:
        raise SupervisorError(f"The folder {path} cannot be made: {error.strerror}.") from error
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or stat.S_IMODE(found.st_mode) != _PRIVATE:
        raise SupervisorError(
            f"{path} must be a folder of user {uid} with mode 0700, and it is not. "
            f"Look what it is, then remove it."
        )
    return path


def short_name(folder: Path) -> str:
    """A name for the things of ``folder`` that live elsewhere: unique per user and path, and short."""
    digest = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return f"poems-{os.geteuid()}-{digest}"


def socket_folder(folder: Path) -> Path:
    """Where the sockets of the servers with data in ``folder`` belong; not made yet.

    Not in the folder itself: the path of a Unix socket may have 107 bytes, and checkouts lie deep.
    """
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    usable = (
        runtime
        and len(runtime) <= _LONGEST_RUNTIME_FOLDER
        and os.access(runtime, os.W_OK)
        and Path(runtime).stat().st_uid == os.geteuid()
    )
    # Whatever lies there already is checked by private_folder.
    return Path(runtime if usable else "/tmp") / short_name(folder)  # noqa: S108


class RunLock:
    """Held while a supervisor works in a folder, and after its death by its children that still live.

    Two files: ``supervisor.lock`` is the supervisor's own and says who it is; ``children.lock`` is inherited
    by every child, so a start after a kill -9 can wait until the last one is gone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = self._children = -1

    @property
    def inherited(self) -> int:
        """The descriptor to pass to every child."""
        return self._children

    def __enter__(self) -> Self:
        self._own = self._open("supervisor.lock")
        if not _try_lock(self._own):
            who = os.pread(self._own, 32, 0).decode() or "unknown"
            os.close(self._own)
            raise SupervisorError(
                f"A supervisor (process {who}) already runs in {self._folder}. "
                f"Stop it, or choose another DEMO_DIR."
            )
        os.ftruncate(self._own, 0)
        os.pwrite(self._own, str(os.getpid()).encode(), 0)
        self._children = self._open("children.lock")
        deadline = time.monotonic() + LEFTOVERS_SECONDS
        while not _try_lock(self._children):
            if time.monotonic() > deadline:
                raise SupervisorError(
                    f"Processes of an earlier run still hold {self._folder}/children.lock; "
                    f"end them and start again."
                )
            time.sleep(0.05)  # a lock that is waited for has no deadline, and a signal could not end the wait
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in (self._children, self._own):
            if descriptor >= 0:
                os.close(descriptor)

    def _open(self, name: str) -> int:
        return os.open(self._folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EINTR}:
            return False
        raise
    return True
