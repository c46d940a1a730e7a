"""The rules of CONTRIBUTING.md as tests; each message tells the cure."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = (
    *("guideline", "accounts", "approval", "patients", "monitoring", "treatment", "poems_site", "supervisor"),
)
OURS = {
    *("accounts", "trail", "approval", "patients", "treatment"),
    *("results", "course", "board", "alerts", "follow_ups", "imports", "matching", "reminders"),
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "signals", "misc", "general"}
LONGEST_FILE = 350
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
# Reading the clock is for the edges: views, tasks, commands, middleware, receivers and what starts processes.
EDGES = re.compile(r"(views|tasks|loader|middleware|receivers|received|navigation|commands|supervisor)")


def python_files(*packages: str) -> list[Path]:
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *packages],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in tracked.stdout.splitlines() if name.endswith(".py")]
    return [ROOT / name for name in names if "/migrations/" not in name and (ROOT / name).exists()]


FILES = python_files(*PACKAGES)


def test_no_file_is_a_bag_of_things() -> None:
    bags = [str(path.relative_to(ROOT)) for path in FILES if {*path.parts[:-1], path.stem} & FORBIDDEN_NAMES]
    assert bags == [], "name the file after what is in it"


def test_a_file_is_one_topic() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in FILES}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}, "split it by topic"


def test_adr_numbers_are_consecutive_and_match_their_headings() -> None:
    files = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in files]
    headings = [int(re.match(r"# (\d+)\.", path.read_text())[1]) for path in files]
    assert numbers == headings == list(range(1, len(files) + 1))


def test_only_the_edges_read_the_clock() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in FILES
        if not EDGES.search(str(path.relative_to(ROOT)))
        and re.search(r"timezone\.(now|localdate|localtime)\(|\.today\(\)|datetime\.now\(", path.read_text())
    ]
    assert readers == [], "take on= or now= from the caller"


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [f"{path.relative_to(ROOT)}:{line}" for path in FILES for line in imports_inside_functions(path)]
    assert inside == [], "import at the top; a cycle is a floor plan gone wrong"


def imports_inside_functions(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield from (
                child.lineno for child in ast.walk(node) if isinstance(child, ast.Import | ast.ImportFrom)
            )


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def test_foreign_keys_across_apps_open_no_way_back_up() -> None:
    leaks = [
        f"{field.model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label != model._meta.app_label
        and not field.name.startswith("pgh_")
        and not model.__name__.endswith("Event")
        and not field.remote_field.hidden
    ]
    assert leaks == [], 'give them related_name="+"'


def test_deleting_across_apps_is_protected() -> None:
    unprotected = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and not model.__name__.endswith("Event")
        and field.related_model._meta.app_label in OURS - {model._meta.app_label}
        and field.remote_field.on_delete is not models.PROTECT
    ]
    assert unprotected == [], "use on_delete=models.PROTECT"


@pytest.mark.parametrize("suffix", [("_at", "_by")])
def test_when_and_who_are_null_together(suffix: tuple[str, str]) -> None:
    at, by = suffix
    loose = []
    for model in our_models():
        names = {field.name: field for field in model._meta.local_fields}
        for name, field in names.items():
            partner = names.get(name.removesuffix(at) + by)
            if name.endswith(at) and isinstance(partner, models.ForeignKey) and field.null != partner.null:
                loose.append(f"{model.__name__}.{name}")
    assert loose == [], "make both nullable with a check constraint, or neither"


def test_no_model_orders_itself() -> None:
    ordered = [model.__name__ for model in our_models() if model._meta.ordering]
    assert ordered == [], "order where the rows are read"


def test_committed_files_name_no_registry_and_no_machine() -> None:
    hosts = ["registry[.]npmjs", "files[.]pythonhosted", "pypi[.]org"]
    pattern = "|".join([*hosts, "--(extra-)?index" + "-url"])
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", ":!tests/architecture"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


def test_every_template_is_free_of_inline_script_and_style() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=|hx-on", re.IGNORECASE
    )
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in (ROOT / "templates").rglob("*.html")
        if "emails" not in path.parts
        for match in [inline.search(COMMENT.sub("", path.read_text()))]
        if match
    ]
    assert found == [], "the Content-Security-Policy refuses it: use static/src"
