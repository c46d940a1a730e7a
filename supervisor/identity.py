"""Under which identity a program runs: PostgreSQL refuses root, and nothing may be widened to please it.

In order of preference, when the caller is root:

1. a user namespace, in which the caller's own files belong to an ordinary user: works below a 0700 folder,
   creates no account, changes no permission;
2. the account ``nobody``, where the kernel refuses namespaces (a chroot, many containers). It cannot enter
   root's folders, so data and, if need be, binaries then live in a public place.
"""

import ctypes
import os
import pwd
import subprocess
from enum import Enum
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_LIBC = ctypes.CDLL(None, use_errno=True)


class Identity(Enum):
    """How a child process changes who it is between fork and exec."""

    CALLER = "caller"
    USER_NAMESPACE = "user namespace"
    NOBODY = "nobody"


def become(identity: Identity) -> None:
    """Take on ``identity``, for good. Call it only in a freshly forked child.

    Raises OSError where the kernel refuses it.
    """
    if identity is Identity.USER_NAMESPACE:
        _enter_user_namespace()
    elif identity is Identity.NOBODY:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)


def owner_of_files(identity: Identity) -> int:
    """The uid, seen from outside, to which files made under ``identity`` belong."""
    return pwd.getpwnam("nobody").pw_uid if identity is Identity.NOBODY else os.geteuid()


def candidates() -> list[Identity]:
    """The identities an unprivileged program can run under here, best first."""
    if os.geteuid() == 0:
        return [Identity.USER_NAMESPACE, Identity.NOBODY]
    # A uid without a passwd entry (`docker run --user 12345`) has no name, and initdb insists on one.
    return [Identity.CALLER] if _has_name(os.geteuid()) else [Identity.USER_NAMESPACE]


def can_run(identity: Identity, program: Path, *, writable: Path) -> bool:
    """Whether ``program`` starts under ``identity`` and can write in the folder ``writable``."""
    test = 'test -w "$1" && test -x "$1" && exec "$2" --version'
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", test, "sh", str(writable), str(program)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            preexec_fn=lambda: become(identity),
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid).pw_name)
    except KeyError:
        return False


def _enter_user_namespace() -> None:
    uid, gid = os.geteuid(), os.getegid()
    # Inside, we bear the uid of an account that every machine has, because initdb looks its name up.
    inside = pwd.getpwnam("nobody")
    if _LIBC.unshare(_CLONE_NEWUSER) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"no user namespace: {os.strerror(number)}")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/gid_map").write_text(f"{inside.pw_gid} {gid} 1")
    Path("/proc/self/uid_map").write_text(f"{inside.pw_uid} {uid} 1")
