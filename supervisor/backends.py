"""The database and the Redis a run works with: its own, or those the environment names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from supervisor.errors import SupervisorError
from supervisor.postgres import APPLICATION, OWNER, Postgres
from supervisor.processes import Processes
from supervisor.quarters import find_quarters
from supervisor.valkey import Valkey


@dataclass(frozen=True)
class Databases:
    """The two addresses of one PostgreSQL database, by login."""

    application: str
    owner: str
    # Folders outside the house that hold the data, where the account `nobody` runs the server.
    elsewhere: tuple[Path, ...] = ()

    def environment(self) -> dict[str, str]:
        """For the commands that migrate; a serving process is given `DATABASE_URL` alone."""
        return {"DATABASE_URL": self.application, "DATABASE_OWNER_URL": self.owner}


def given_databases(environment: Mapping[str, str]) -> Databases | None:
    """What ``DATABASE_URL`` and ``DATABASE_OWNER_URL`` say; None when neither is set."""
    application, owner = (
        environment.get("DATABASE_URL", ""),
        environment.get("DATABASE_OWNER_URL", ""),
    )
    if bool(application) != bool(owner):
        given, missing = ("DATABASE_URL", "DATABASE_OWNER_URL")[:: 1 if application else -1]
        raise SupervisorError(
            f"{given} is set and {missing} is not: the application and the owner of its tables "
            f"need a login each. Set both, or neither to have a database started here."
        )
    return Databases(application, owner) if application else None


def own_databases(processes: Processes, folder: Path, sockets: Path) -> Databases:
    """Start PostgreSQL with its data below ``folder``."""
    quarters = find_quarters(folder / "postgres", sockets)
    postgres = Postgres(quarters)
    postgres.start(processes)
    return Databases(postgres.url(APPLICATION), postgres.url(OWNER), quarters.elsewhere)


def own_redis(processes: Processes, folder: Path, sockets: Path) -> str:
    """Start Valkey with its data below ``folder``; the value of ``REDIS_URL``."""
    valkey = Valkey(folder / "valkey", sockets)
    valkey.start(processes)
    return valkey.url
