"""Every word of the content can be reviewed: what is not shown cannot be approved."""

from pathlib import Path

import pytest

from approval.reading import SECTIONS, Entry, entries_of
from guideline.content_files import SECTIONS as READ
from guideline.edition import Edition, load_edition
from tests.approval.editions import changed


def entry(section: str, key: str, edition: Edition | None = None) -> Entry:
    found = entries_of(edition or load_edition())
    return next(one for one in found if (one.section, one.key) == (section, key))


def test_every_section_that_is_read_is_shown() -> None:
    assert set(SECTIONS) == set(READ)


def test_no_entry_is_left_out() -> None:
    edition = load_edition()
    assert len(entries_of(edition)) == sum(len(getattr(edition, section)) for section in SECTIONS)


def test_a_threshold_says_its_unit_its_range_and_what_it_rests_on() -> None:
    shown = entry("thresholds", "thrombocytopenia")
    assert shown.title == "Platelets below which thrombocytopenia is present"
    assert [(part.label, part.text) for part in shown.parts][:4] == [
        ("Value", "150 10⁹/L"),
        ("Permitted range", "100 to 180 10⁹/L"),
        ("In force since", "23 November 2026"),
        (
            "Evidence",
            "GEN: generally held, no publication found; D: our own definition",
        ),
    ]


def test_a_statement_says_its_rule_the_kind_and_size_of_its_evidence_and_what_speaks_against_it() -> None:
    shown = entry("statements", "RT-LOCALIZED")
    assert shown.part("Rule") == "The pathway is radiation."
    assert shown.part("Evidence").startswith("S1: ")
    assert "X-Hum13: case series, n = " in shown.part("Against it 1")


def test_the_register_says_what_is_left_to_judgement() -> None:
    assert entry("register", "R03").part("In the rules") == "partly encoded"


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("statements/radiation.yaml", "there is no lesion to irradiate", "nothing to irradiate"),
        ("schedules.yaml", "label: ", "label: Another "),
        ("drugs.yaml", "neurotoxicity: high", "neurotoxicity: low"),
        ("register.yaml", "encoded: partly", "encoded: left_to_judgement"),
        ("sources.yaml", "kind: series", "kind: case_report"),
        ("phrases.yaml", "unknown: ", "unknown: really "),
    ],
)
def test_a_change_anywhere_changes_what_is_read(tmp_path: Path, file: str, before: str, after: str) -> None:
    other = changed(tmp_path, file, before, after)
    assert entries_of(other) != entries_of(load_edition())
