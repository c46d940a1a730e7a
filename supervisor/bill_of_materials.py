"""What the product is made of, as a CycloneDX 1.6 document: ``python -m supervisor.bill_of_materials``.

Read from what is pinned (requirements/*.txt, package-lock.json), so that the bill and the installation cannot
differ. The same pins give the same bytes: it carries no day and no machine.
"""

import base64
import json
import re
import tomllib
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "var" / "sbom.cdx.json"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
LONGEST_LICENCE_NAME = 60  # longer ones are the whole text of a licence
NAMESPACE = uuid.UUID("5b1a2f0c-3a5e-5c0e-9d7b-6f1f0c8a4d21")  # any fixed one; serial numbers derive from it

Component = dict[str, Any]


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The document. ``required`` is what runs at a hospital; ``excluded`` is for building and tests only."""
    components = sorted([*_python(root), *_node(root)], key=lambda component: component["bom-ref"])
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    content = json.dumps(components, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "description": project["description"],
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": components,
    }


def _python(root: Path) -> Iterator[Component]:
    runs = {name for name, _, _ in pinned(root / "requirements" / "base.txt")}
    for name, version, hashes in pinned(root / "requirements" / "dev.txt"):
        yield _component(
            f"pkg:pypi/{name.lower()}@{version}",
            name=name,
            version=version,
            runs=name in runs,
            hashes=[{"alg": "SHA-256", "content": digest} for digest in hashes],
            licence=_licence(name),
        )


def pinned(requirements: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and hashes of each package of a requirements file."""
    whole_lines = requirements.read_text().replace("\\\n", " ").splitlines()
    for line in whole_lines:
        if found := PINNED.match(line):
            yield found[1], found[2], HASH.findall(line)


def _licence(name: str) -> str:
    """As the installed package says; "" where it is not installed (another system's) or says nothing."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    stated = [told[field] for field in ("License-Expression", "License") if field in told]
    words = next(filter(None, stated), "")
    if words and len(words) <= LONGEST_LICENCE_NAME and "\n" not in words:
        return words
    classes = [line.rsplit(" :: ", 1)[1] for line in told.get_all("Classifier") or [] if "License ::" in line]
    return classes[0] if classes else ""


def _node(root: Path) -> Iterator[Component]:
    lock = json.loads((root / "package-lock.json").read_text())
    for path, package in lock["packages"].items():
        if not path:
            continue  # ourselves
        name = path.rpartition("node_modules/")[2]
        algorithm, _, digest = package["integrity"].partition("-")
        yield _component(
            f"pkg:npm/{name.replace('@', '%40')}@{package['version']}",
            name=name,
            version=package["version"],
            runs=not package.get("dev", False),
            hashes=[
                {"alg": f"SHA-{algorithm.removeprefix('sha')}", "content": base64.b64decode(digest).hex()}
            ],
            licence=package.get("license", ""),
        )


def _component(
    reference: str, *, name: str, version: str, runs: bool, hashes: list[dict[str, str]], licence: str
) -> Component:
    component: Component = {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": version,
        "purl": reference,
        "scope": "required" if runs else "excluded",
        "hashes": hashes,
    }
    if licence:
        component["licenses"] = [{"license": {"name": licence}}]
    return component


def write(target: Path = TARGET) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill(), indent=1) + "\n")
    return target


if __name__ == "__main__":
    print(write())
