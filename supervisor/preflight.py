"""What the machine must have before anything else: run by `make` with whatever Python there is.

Each lack is one sentence with its cure. Any Python 3 must be able to read this file, to be told that it is
too old: hence no newer syntax.
"""

import importlib
import platform
import shutil
import sys

OLDEST = (3, 11)
OLDEST_GLIBC = (2, 28)


def lacks() -> list:
    """The sentences, none when the machine has everything."""
    found = []
    if sys.platform != "linux" or platform.machine() != "x86_64":
        here = platform.system() + " " + platform.machine()
        found.append("This is " + here + "; the database and the browser come for Linux on x86-64 only.")
    elif not _has_glibc():
        found.append(
            "This Linux has no GNU C library 2.28 or newer, which the database and the browser need."
        )
    if sys.version_info < OLDEST:
        version = ".".join(str(part) for part in sys.version_info[:3])
        found.append("This is Python " + version + "; 3.11 is needed: make PYTHON=/path/to/python3.11")
    for module in ("venv", "ensurepip"):
        if not _has_module(module):
            found.append(
                "This Python has no " + module + "; on Debian or Ubuntu: apt-get install python3-venv"
            )
            break
    if shutil.which("git") is None:
        found.append("git is not installed; on Debian or Ubuntu: apt-get install git")
    return found


def _has_glibc() -> bool:
    name, version = platform.libc_ver()
    return name == "glibc" and tuple(int(part) for part in version.split(".")[:2]) >= OLDEST_GLIBC


def _has_module(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    sentences = lacks()
    for sentence in sentences:
        sys.stderr.write(sentence + "\n")
    sys.exit(1 if sentences else 0)
