"""PostgreSQL and Valkey of one test's own, which it may kill and start again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.db import connections

from supervisor.postgres import APPLICATION, Postgres
from supervisor.processes import Child, Processes
from supervisor.quarters import find_quarters
from supervisor.valkey import Valkey
from tests.services import dump_of_migrations


@dataclass
class OwnServers:
    """Running servers; ``environment`` leads the product's programs to them."""

    processes: Processes
    postgres: Postgres
    valkey: Valkey
    database: Child
    queue: Child

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.postgres.url(APPLICATION), "REDIS_URL": self.valkey.url}

    def restart_database(self) -> None:
        """Break every connection off, as an upgrade of the server does."""
        self.database.stop(10)
        self.database = self.postgres.start(self.processes, durable=False)

    def restart_queue_empty(self) -> None:
        """Kill it at once; what it held is gone."""
        self.queue.stop(0)
        self.queue = self.valkey.start(self.processes, durable=False)


@contextmanager
def own_servers(folder: Path, processes: Processes) -> Iterator[OwnServers]:
    """Start both below ``folder`` (a short path) with the tables in; this process is connected there, too."""
    postgres = Postgres(find_quarters(folder / "postgres", folder / "sockets", public=Path("/var/tmp")))  # noqa: S108
    valkey = Valkey(folder / "valkey", folder / "sockets")
    database = postgres.start(processes, durable=False)
    servers = OwnServers(processes, postgres, valkey, database, valkey.start(processes, durable=False))
    postgres.load(dump_of_migrations())
    before = {alias: dict(connections[alias].settings_dict) for alias in ("default", "owner")}
    url = urlsplit(postgres.url(APPLICATION))
    for alias in before:
        connections[alias].close()
        connections[alias].settings_dict |= {
            "HOST": parse_qs(url.query)["host"][0],
            "NAME": url.path.lstrip("/"),
        }
    try:
        yield servers
    finally:
        for alias, settings in before.items():
            connections[alias].close()
            connections[alias].settings_dict |= settings
