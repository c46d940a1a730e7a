"""The register accounts for every recommendation of the article, and what it points to exists."""

import re
from pathlib import Path

from guideline.edition import load_edition
from guideline.rules.advisories import ADVISORIES
from guideline.rules.options import OPTIONS

MAP = Path(__file__).parents[2] / "docs" / "guideline-map.md"
ARTICLE_SOURCES = {f"S{number}" for number in range(1, 9)}


def places(kind: str) -> set[str]:
    found = [place for entry in load_edition().register.values() for place in entry.where]
    return {place.partition(":")[2] for place in found if place.startswith(f"{kind}:")}


def test_every_place_of_the_register_exists():
    edition = load_edition()
    assert places("statement") <= set(edition.statements)
    assert places("threshold") <= set(edition.thresholds)
    assert places("schedule") <= set(edition.schedules)
    assert places("dose") <= set(edition.doses)


def test_a_place_is_one_of_five_kinds():
    kinds = {place.partition(":")[0] for entry in load_edition().register.values() for place in entry.where}
    assert kinds == {"statement", "threshold", "schedule", "dose", "screen"}


def test_what_is_not_fully_encoded_says_why():
    assert all(entry.note for entry in load_edition().register.values() if entry.encoded != "encoded")


def test_every_rule_that_rests_on_the_article_alone_is_in_the_register():
    edition = load_edition()
    rules = {argument.rule for option in OPTIONS for argument in option.arguments}
    rules |= {advisory.id for advisory in ADVISORIES if not advisory.id.startswith("after-radiation")}
    from_article = {rule for rule in rules if set(edition.statement(rule).sources) <= ARTICLE_SOURCES}
    derived = {"SYS-THALIDOMIDE-NEUROTOXIC"}
    assert from_article - derived <= places("statement")


def test_every_source_of_the_article_is_accounted_for():
    cited = {source for entry in load_edition().register.values() for source in entry.sources}
    assert cited >= ARTICLE_SOURCES


def test_the_map_names_every_entry_of_the_register():
    named = set(re.findall(r"\bR\d\d\b", MAP.read_text()))
    assert named == set(load_edition().register)


def test_every_rule_in_the_map_exists():
    edition = load_edition()
    quoted = set(re.findall(r"`([A-Za-z][A-Za-z-]+)`", MAP.read_text()))
    assert {name for name in quoted if "-" in name} <= {*edition.statements}
