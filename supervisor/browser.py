"""The headless browser of the tests, from the npm package `@sparticuz/chromium`.

``python -m supervisor.browser`` unpacks it. It needs nothing of the machine: its libraries and a font come
with it. ``CHROMIUM=/usr/bin/chromium`` takes another browser instead.
"""

import io
import os
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TypedDict

import brotli  # type: ignore[import-untyped]  # it ships no types

from supervisor.errors import SupervisorError
from supervisor.node import node_program

ROOT = Path(__file__).resolve().parent.parent
_PACKED = "node_modules/@sparticuz/chromium"
# Archive and where it goes; the browser looks for its software renderer beside itself.
_ARCHIVES = {"al2023.tar.br": "libraries", "swiftshader.tar.br": ".", "fonts.tar.br": "fonts"}
# Without any font the browser crashes at once; the package's own list names folders that are not ours.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class LaunchOptions(TypedDict):
    """What Playwright's ``browser_type.launch`` needs to know."""

    executable_path: str
    env: dict[str, str]


def unpack(root: Path = ROOT) -> Path:
    """The folder ``root``/.browser, into which the installed version is unpacked if it is not yet (4 s)."""
    folder, packed = root / ".browser", root / _PACKED
    manifest = packed / "package.json"
    if not manifest.exists():
        raise SupervisorError(f"{_PACKED} is missing; run `make setup`.")
    stamp = folder / "package.json"
    if stamp.exists() and stamp.read_bytes() == manifest.read_bytes():
        return folder
    with tempfile.TemporaryDirectory(dir=root, prefix=".browser-") as draft:
        fresh = Path(draft) / "browser"
        fresh.mkdir()
        _unpack_into(fresh, packed / "bin")
        shutil.copyfile(manifest, fresh / stamp.name)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    return folder


def launch_options(root: Path = ROOT) -> LaunchOptions:
    """Options for Playwright's launch.

    No flags: those the package recommends would switch off what the tests look at.
    """
    chosen = os.environ.get("CHROMIUM", "")
    if chosen:
        return {"executable_path": chosen, "env": dict(os.environ)}
    folder = unpack(root)
    fonts = folder / "fonts.conf"
    wanted = _FONTS.format(fonts=folder / "fonts", cache=folder / "font-cache")
    if not fonts.exists() or fonts.read_text() != wanted:  # the checkout may have moved
        fonts.write_text(wanted)
    libraries = os.pathsep.join([str(folder / "libraries" / "lib"), os.environ.get("LD_LIBRARY_PATH", "")])
    environment = os.environ | {
        "LD_LIBRARY_PATH": libraries.rstrip(os.pathsep),
        "FONTCONFIG_FILE": str(fonts),
    }
    return {"executable_path": str(folder / "chromium"), "env": environment}


def playwright_environment() -> dict[str, str]:
    """To be set before Playwright starts: its own Node needs a library that small systems lack."""
    return {"PLAYWRIGHT_NODEJS_PATH": str(node_program())}


def _unpack_into(folder: Path, packed: Path) -> None:
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for archive, place in _ARCHIVES.items():
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress((packed / archive).read_bytes()))) as tar:
            _extract_files(tar, folder / place)


def _extract_files(tar: tarfile.TarFile, folder: Path) -> None:
    """Plain files only, only below ``folder``; tarfile's own `filter` is missing before Python 3.11.4."""
    for member in tar:
        content = tar.extractfile(member) if member.isfile() else None
        if content is None:
            continue
        target = folder / member.name
        if not target.resolve().is_relative_to(folder.resolve()):
            raise SupervisorError(f"An archive of the browser holds {member.name}, which lies outside of it.")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.read())
        target.chmod(member.mode & 0o755)


if __name__ == "__main__":
    try:
        unpack()
    except SupervisorError as error:
        sys.exit(str(error))
