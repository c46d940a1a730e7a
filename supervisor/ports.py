"""A port that stays ours from the moment it is chosen, so two houses started at once cannot both take it.

Web servers share their port among workers (SO_REUSEPORT), and the kernel would silently share it with the
workers of another house too. So a socket that never listens is bound to it first, alone; only then does it
allow company. A port is chosen for both 127.0.0.1 and ::1: browsers may take `localhost` for either.
"""

import errno
import socket
from dataclasses import dataclass
from typing import Self

from supervisor.errors import SupervisorError

_ATTEMPTS = 20


@dataclass(frozen=True)
class ReservedPort:
    """A port nobody else can begin to use while this is open."""

    number: int
    _sockets: tuple[socket.socket, ...]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._sockets:
            one.close()


def reserve(number: int) -> ReservedPort | None:
    """Reserve this port (0: any free one); None when it is taken."""
    sockets: list[socket.socket] = []
    try:
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            one = _bind(family, host, number)
            if one is not None:
                sockets.append(one)
                number = one.getsockname()[1]
    except OSError as error:
        for one in sockets:
            one.close()
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            return None
        raise
    return ReservedPort(number, tuple(sockets))


def reserve_chosen(text: str) -> ReservedPort:
    """Reserve the port a person asked for; SupervisorError when it is no port or taken."""
    if not text.isdecimal() or not 0 < int(text) <= 65535:  # noqa: PLR2004 (the largest port there is)
        raise SupervisorError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    port = reserve(int(text))
    if port is None:
        raise SupervisorError(
            f"Port {text} is in use or not allowed. Choose another PORT, or none: a free one is found then."
        )
    return port


def reserve_preferred(number: int) -> ReservedPort:
    """Reserve this port, or any other when it is taken."""
    for candidate in (number, *[0] * _ATTEMPTS):
        port = reserve(candidate)
        if port is not None:
            return port
    raise SupervisorError("No free port was found on this machine.")


def _bind(family: socket.AddressFamily, host: str, number: int) -> socket.socket | None:
    """A socket bound alone that then lets the web server bind too; None where the machine has no IPv6."""
    try:
        one = socket.socket(family)
    except OSError:
        return None
    try:
        # Connections of an earlier run may linger on the port: that is no reason to avoid it.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((host, number))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError as error:
        one.close()
        if error.errno == errno.EADDRNOTAVAIL:
            return None
        raise
    return one
