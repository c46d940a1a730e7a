"""Finds the files of installed packages without importing them: only their programs are wanted."""

from importlib.util import find_spec
from pathlib import Path

from supervisor.errors import SupervisorError


def package_folder(package: str) -> Path:
    """The folder of an installed package."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise SupervisorError(f"The Python package {package} is not installed; run `make setup`.")
    return Path(found.submodule_search_locations[0])
