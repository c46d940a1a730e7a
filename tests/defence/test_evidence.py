"""What SECURITY.md and docs/asvs.md name as evidence is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ["SECURITY.md", "docs/asvs.md"]
# `folder/file` or `folder/file::test` between backticks.
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[A-Z]+\.md)(?:::(\w+))?`")
LINE = re.compile(r"^\| (\d+)\.(\d+)\.(\d+)(?: . \d+\.\d+\.(\d+))? \|", re.MULTILINE)
# Chapter and section of the standard with the level 1 lines of each (5.0.0).
LEVEL_1 = {
    "1.2": 5,
    "1.3": 2,
    "1.5": 1,
    "2.1": 1,
    "2.2": 2,
    "2.3": 1,
    "3.2": 2,
    "3.3": 1,
    "3.4": 2,
    "3.5": 3,
    "4.1": 1,
    "4.4": 1,
    "5.2": 2,
    "5.3": 2,
    "6.1": 1,
    "6.2": 8,
    "6.3": 2,
    "6.4": 2,
    "7.2": 4,
    "7.4": 2,
    "8.1": 1,
    "8.2": 2,
    "8.3": 1,
    "9.1": 3,
    "9.2": 1,
    "10.4": 5,
    "11.3": 2,
    "11.4": 1,
    "12.1": 1,
    "12.2": 2,
    "13.4": 1,
    "14.2": 1,
    "14.3": 1,
    "15.1": 1,
    "15.2": 1,
    "15.3": 1,
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_and_test_that_is_named_exists(document: str) -> None:
    named = NAMED.findall((ROOT / document).read_text())
    assert len(named) > 40
    missing = [
        f"{path}::{test}" if test else path
        for path, test in named
        if not (ROOT / path).exists() or (test and f"def {test}(" not in (ROOT / path).read_text())
    ]
    assert missing == []


def test_every_line_of_level_1_has_its_answer() -> None:
    counted: dict[str, int] = {}
    for chapter, section, first, last in LINE.findall((ROOT / "docs/asvs.md").read_text()):
        lines = int(last or first) - int(first) + 1
        counted[f"{chapter}.{section}"] = counted.get(f"{chapter}.{section}", 0) + lines
    assert counted == LEVEL_1
    assert sum(LEVEL_1.values()) == 70


def test_what_applies_names_evidence() -> None:
    rows = [
        row.split(" | ")
        for row in (ROOT / "docs/asvs.md").read_text().splitlines()
        if re.match(r"\| \d", row)
    ]
    unproved = [row[0] for row in rows if row[2] in {"yes", "partly"} and "`" not in row[3]]
    assert unproved == []
