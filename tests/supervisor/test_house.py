"""However a supervisor ends, nothing of it stays, and its data do."""

import os
import pwd
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.supervisor.conftest import RunningHouse, processes_in, wait_for

StartHouse = Callable[[Path], RunningHouse]


@pytest.mark.parametrize(
    ("number", "exit_code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_stops_every_process(
    start_house: StartHouse, tmp_path: Path, number: int, exit_code: int
) -> None:
    house = start_house(tmp_path / "data")
    assert {"postgres", "valkey-server"} <= {name.split()[1] for name in processes_in(house.folder)}

    house.signal(number)

    assert house.ended() == (exit_code, "")
    assert processes_in(house.folder) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_outside_the_folder(start_house: StartHouse, tmp_path: Path, number: int) -> None:
    house = start_house(tmp_path / "data")
    sockets = Path(house.ready["redis"].removeprefix("unix://")).parent
    assert sockets.is_dir()

    house.signal(number)

    wait_for(lambda: not sockets.exists())


def test_kill_9_of_the_supervisor_leaves_no_process(start_house: StartHouse, tmp_path: Path) -> None:
    house = start_house(tmp_path / "data")
    # Among them the deaf child of the stubborn program, which only the watchdog can end.
    wait_for(lambda: "deaf" in (house.folder / "log/stubborn.log").read_text())

    house.signal(signal.SIGKILL)

    wait_for(lambda: processes_in(house.folder) == [])


def test_data_survive_a_kill_9_and_an_immediate_second_start(start_house: StartHouse, tmp_path: Path) -> None:
    first = start_house(tmp_path / "data")
    first.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    first.redis().set("kept", "42")

    first.signal(signal.SIGKILL)
    second = start_house(tmp_path / "data")

    assert second.execute("SELECT answer FROM kept") == [(42,)]
    assert second.redis().get("kept") == b"42"


def test_a_killed_servers_process_id_taken_by_another_program_does_not_hinder_the_start(
    start_house: StartHouse, tmp_path: Path
) -> None:
    first = start_house(tmp_path / "data")
    first.signal(signal.SIGTERM)
    first.ended()
    note = next((tmp_path / "data").rglob("PG_VERSION")).parent / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{note.parent}\n")

    second = start_house(tmp_path / "data")

    assert second.execute("SELECT 1") == [(1,)]


def test_two_houses_live_side_by_side(start_house: StartHouse, tmp_path: Path) -> None:
    one, other = start_house(tmp_path / "one"), start_house(tmp_path / "other")
    one.execute("CREATE TABLE mine (id int)")

    one.signal(signal.SIGTERM)
    one.ended()

    assert other.execute("SELECT to_regclass('mine')") == [(None,)]


def test_a_second_supervisor_in_the_same_folder_is_refused_in_one_sentence(
    start_house: StartHouse, tmp_path: Path
) -> None:
    first = start_house(tmp_path / "data")

    exit_code, errors = start_house(tmp_path / "data").ended()

    assert exit_code == 1
    assert f"(process {first.process.pid}) already runs" in errors
    assert "Traceback" not in errors


def test_a_program_that_ends_by_itself_is_named_and_takes_the_house_down(
    start_house: StartHouse, tmp_path: Path
) -> None:
    house = start_house(tmp_path / "data")

    os.kill(int(house.ready["stubborn"]), signal.SIGKILL)

    exit_code, errors = house.ended()
    assert exit_code == 1
    assert "stubborn ended by itself" in errors
    assert str(house.folder / "log/stubborn.log") in errors
    assert processes_in(house.folder) == []


def test_a_path_longer_than_a_socket_may_have_is_no_hindrance(
    start_house: StartHouse, tmp_path: Path
) -> None:
    house = start_house(tmp_path / ("long" * 40) / "data")

    assert house.execute("SELECT 1") == [(1,)]


def test_the_data_of_a_first_start_are_closed_to_others(empty_data: Path) -> None:
    assert stat.S_IMODE(empty_data.stat().st_mode) == 0o700


def test_a_closed_folder_stays_closed_and_no_account_is_made(start_house: StartHouse, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    parents = [closed, *closed.parents]
    modes, accounts = [stat.S_IMODE(one.stat().st_mode) for one in parents], pwd.getpwall()

    house = start_house(closed / "data")

    assert house.execute("SELECT 1") == [(1,)]
    assert [stat.S_IMODE(one.stat().st_mode) for one in parents] == modes
    assert pwd.getpwall() == accounts
