"""Build the front-end assets: `python -m supervisor.assets`.

Bundles the entries of static/src with esbuild's native binary into static/built, minified. Node is not
needed here, only for `npm ci`. Nothing happens when no source changed since the last build.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Every file a page may load. Each becomes static/built/<same name>; what it imports is bundled into it.
ENTRIES = ("app.css", "app.js", "theme.js", "timeline.css", "timeline.js")

STAMP = ".sources"  # Dot files stay out of collectstatic: the stamp, and builds under way.


class AssetsError(Exception):
    """The assets cannot be built; the message says what to do."""


def build(root: Path = ROOT) -> bool:
    """Bring static/built up to date with static/src below `root`; True if something was built.

    Safe to run twice at once: each file is replaced whole, the stamp last.

    Raises AssetsError when the npm packages are missing or esbuild refuses a source (its own words are on
    standard error by then); the previous build stays in place.
    """
    built = root / "static" / "built"
    digest = sources_digest(root)
    if _stamped(built) == digest:
        return False
    built.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=built, prefix=".building-") as folder:
        fresh = Path(folder)
        _bundle(root, fresh)
        for entry in ENTRIES:
            (fresh / entry).replace(built / entry)
    _remove_strangers(built)
    (built / STAMP).write_text(digest)
    return True


def sources_digest(root: Path) -> str:
    """SHA-256 over all that decides the outcome: sources, package versions, this file."""
    source_folder = root / "static" / "src"
    sources = sorted(path for path in source_folder.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in [*sources, root / "package-lock.json", Path(__file__)]:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _stamped(built: Path) -> str | None:
    """The digest that static/built was made from; None unless every entry is there."""
    stamp = built / STAMP
    complete = stamp.is_file() and all((built / entry).is_file() for entry in ENTRIES)
    return stamp.read_text() if complete else None


def _bundle(root: Path, outdir: Path) -> None:
    esbuild = root / "node_modules" / "@esbuild" / "linux-x64" / "bin" / "esbuild"
    if not esbuild.is_file():
        raise AssetsError(f"{esbuild.relative_to(root)} is missing: run `make setup` (it runs `npm ci`).")
    command = [
        str(esbuild),
        *(f"static/src/{entry}" for entry in ENTRIES),
        f"--outdir={outdir}",
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=es2022",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=warning",
    ]
    if subprocess.run(command, cwd=root, check=False).returncode != 0:
        raise AssetsError("esbuild refused a source in static/src: see its message above.")


def _remove_strangers(built: Path) -> None:
    """Remove what an entry of an earlier version left behind, so that it is not served on."""
    for path in built.iterdir():
        if path.name in ENTRIES or path.name.startswith("."):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def main() -> int:
    """Build and say in one line what happened; 1 with a reason when it cannot."""
    try:
        done = build()
    except AssetsError as error:
        print(f"Assets: {error}", file=sys.stderr)
        return 1
    print("Assets: built into static/built." if done else "Assets: up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
