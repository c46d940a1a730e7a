"""A folder others could have prepared or could enter is refused, never repaired."""

import os
import tempfile
from pathlib import Path

import pytest

from supervisor.errors import SupervisorError
from supervisor.folders import private_folder, socket_folder


def test_a_new_folder_is_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    folder = private_folder(tmp_path / "new")
    os.umask(before)

    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_others_can_enter_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)

    with pytest.raises(SupervisorError, match="mode 0700"):
        private_folder(tmp_path / "open")

    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o755


def test_a_link_is_refused_even_to_a_closed_folder(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "closed")

    with pytest.raises(SupervisorError, match="mode 0700"):
        private_folder(tmp_path / "link")


def test_two_folders_have_two_socket_folders(tmp_path: Path) -> None:
    assert socket_folder(tmp_path / "one") != socket_folder(tmp_path / "other")


def test_sockets_lie_in_the_folder_the_session_provides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = Path(tempfile.mkdtemp(prefix="poems-", dir="/tmp"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))

    chosen = socket_folder(tmp_path)
    runtime.rmdir()

    assert chosen.parent == runtime


def test_a_session_folder_that_is_gone_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "gone"))

    assert socket_folder(tmp_path).parent.is_dir()
