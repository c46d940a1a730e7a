"""What must hold between the entries of an edition: a mistake is told with its file, its key, its cure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from guideline.content_checks import check_content
from guideline.content_files import SECTIONS, read_section
from guideline.edition import CONTENT, load_edition
from guideline.entries import Offset, Statement, Superseded
from guideline.errors import ContentError

NEXT_DAY = date(2026, 11, 24)


def sections_with(section: str, key: str, **changes: Any) -> dict[str, dict[str, Any]]:
    """The sections of the content, one entry of them changed."""
    found = {name: dict(getattr(load_edition(), name)) for name in SECTIONS}
    found[section][key] = replace(found[section][key], **changes)
    return found


def check(sections: Mapping[str, Mapping[str, Any]]) -> None:
    check_content(
        sections, {name: dict.fromkeys(entries, f"{name}.yaml") for name, entries in sections.items()}
    )


def refusal_of(section: str, key: str, **changes: Any) -> str:
    with pytest.raises(ContentError) as refusal:
        check(sections_with(section, key, **changes))
    return str(refusal.value)


LIMIT = "limited_lesion_limit"
IN_RADIATION = load_edition().schedules["after_radiation"].items[0]
MISTAKES = [
    ("thresholds", LIMIT, {"permitted": (5, 2)}, ".permitted: runs from 5 down to 2; swap the two"),
    ("thresholds", LIMIT, {"value": 1}, ".value: 1 is outside 2 to 5; choose one inside"),
    ("thresholds", LIMIT, {"value": 6}, ".value: 6 is outside 2 to 5; choose one inside"),
    ("statements", "MEL-RENAL", {"text": "{dose} {egfr_low}"}, ": nothing fills {dose}; correct the name"),
    ("statements", "MEL-RENAL", {"parts": {"a": "{dose}"}}, ": nothing fills {dose}; correct the name"),
    (
        "statements",
        "MEL-RENAL",
        {"rule_in_words": "{egfr_low} {labs.egfr_ml_min_173m2}"},
        ".rule_in_words: {labs.egfr_ml_min_173m2} is no threshold; a rule in words holds thresholds only",
    ),
    ("phrases", "patient.sex", {"values": {"female": "she"}}, ".values: lacks male; add it"),
    ("phrases", "workup.thyroid_tested", {"values": {"true": "yes"}}, ".values: lacks false; add it"),
    ("phrases", "labs.hemoglobin_g_dl", {"value": None}, ".value: is missing; a number needs it"),
    ("scales", "onls", {"minimum": 13}, ": runs from 13 to 12; the lower end comes first"),
    ("analytes", "m_protein", {"plausible": (7, 6)}, ": runs from 7 to 6; the lower end comes first"),
    ("alerts", "pet-due", {"instead_of": ("pet-soon",)}, ".instead_of: pet-soon is no alert; correct it"),
    ("alerts", "pet-due", {"follow_ups": ("scan",)}, ".follow_ups: no schedule has scan; correct it"),
    ("doses", "radiation_series", {"low": 55}, ": runs from 55 to 54; the lower end comes first"),
    ("doses", "radiation_series", {"high": None}, ": runs from 35 to None; the lower end comes first"),
    (
        "validity",
        "pregnancy",
        {"facts": ("patient.height",)},
        ".facts: patient.height is no fact; correct it",
    ),
    ("validity", "lasting", {"days": 30}, ".ages: is false, so nothing may limit it"),
    (
        "validity",
        "severity",
        {"facts": ("neuropathy.severity", "patient.pregnancy")},
        ".facts: patient.pregnancy stands twice; keep one",
    ),
    ("register", "R02", {"where": ("threshold:x",)}, ".where: threshold:x is not there; correct it"),
    ("register", "R02", {"where": ("table:R02",)}, ".where: table:R02 is not there; correct it"),
    ("register", "R02", {"where": ("screen:x", "dose:x")}, ".where: dose:x is not there; correct it"),
]


@pytest.mark.parametrize(("section", "key", "changes", "message"), MISTAKES)
def test_a_mistake_between_entries_is_named_with_its_place_and_its_cure(section, key, changes, message):
    assert refusal_of(section, key, **changes) == f"{section}.yaml: {key}{message}"


def test_a_fact_of_which_nobody_said_how_it_ages_is_named():
    found = refusal_of("validity", "severity", facts=())
    cure = "is in no entry; say how long a recorded value stays usable"
    assert found == f"validity.yaml: neuropathy.severity: {cure}"


def test_a_fact_without_a_phrase_is_named():
    sections = sections_with("phrases", "line")
    del sections["phrases"]["line"]
    with pytest.raises(ContentError) as refusal:
        check(sections)
    assert str(refusal.value) == "phrases.yaml: line: is missing; say how this fact is put into a sentence"


def test_the_wording_of_a_variant_is_looked_at_too():
    variants = load_edition().statement("systemic-mandatory").variants
    holed = {"advised": replace(variants["advised"], text="{hole}")}
    found = refusal_of("statements", "systemic-mandatory", variants=holed)
    assert found == "statements.yaml: systemic-mandatory: nothing fills {hole}; correct the name"


@pytest.mark.parametrize(
    ("window", "run"),
    [
        ({"earliest": Offset(3, 1)}, "2001-04-02 to 2001-04-01"),
        ({"latest": Offset(3, -1)}, "2001-04-01 to 2001-03-31"),
        ({"due": Offset(6, 1)}, "2001-07-02 to 2001-07-01"),
    ],
)
def test_a_window_opens_before_it_closes(window, run):
    item = replace(IN_RADIATION, **window)
    found = refusal_of("schedules", "after_radiation", own_items=(), items=(item,))
    assert found == f"schedules.yaml: after_radiation.stability-3: runs from {run}; the lower end comes first"


def test_ends_may_be_the_same_day_or_number():
    item = replace(IN_RADIATION, earliest=Offset(3), due=Offset(3), latest=Offset(3))
    check(sections_with("schedules", "after_radiation", own_items=(), items=(item,)))
    check(sections_with("doses", "radiation_series", low=54))
    check(sections_with("thresholds", LIMIT, permitted=(3, 3)))


def superseded(since: date, until: date) -> Superseded:
    return Superseded(value=4, since=since, until=until, reason="reviewed")


IN_FORCE = load_edition().threshold(LIMIT).since
OVERLAPPING = [
    (superseded(date(2026, 1, 2), date(2026, 1, 1)),),
    (superseded(date(2026, 1, 1), date(2026, 1, 1)),),
    (superseded(date(2026, 1, 1), NEXT_DAY),),
    (superseded(date(2024, 1, 1), date(2025, 6, 1)), superseded(date(2025, 5, 1), IN_FORCE)),
]


@pytest.mark.parametrize("old", OVERLAPPING)
def test_a_superseded_value_ends_after_it_began_and_before_its_successor(old):
    assert refusal_of("thresholds", LIMIT, superseded=old) == (
        f"thresholds.yaml: {LIMIT}.superseded[0]: must end after it began, and by the time the next value "
        "is in force; correct the dates"
    )


def test_superseded_values_may_follow_one_another_without_a_gap():
    first = superseded(date(2024, 1, 1), date(2025, 6, 1))
    second = superseded(date(2025, 6, 1), IN_FORCE)
    check(sections_with("thresholds", LIMIT, superseded=(first, second)))


def test_a_superseded_value_is_read_with_its_dates(tmp_path):
    text = (
        "k: {label: l, value: 3, unit: '1', permitted: [1, 5], since: 2026-11-23, sources: [D], superseded: ["
    )
    text += "{value: 4, since: 2025-01-01, until: 2026-11-23, reason: reviewed}]}"
    (tmp_path / "thresholds").mkdir()
    (tmp_path / "thresholds" / "t.yaml").write_text(text)
    entries, files = read_section(tmp_path, *SECTIONS["thresholds"])
    assert entries["k"].superseded == (superseded(date(2025, 1, 1), date(2026, 11, 23)),)
    assert files == {"k": "thresholds/t.yaml"}


def test_every_alert_has_a_sentence() -> None:
    sections = sections_with("alerts", "pet-due")
    sections["alerts"]["pet-soon"] = sections["alerts"]["pet-due"]
    with pytest.raises(ContentError, match=r"alerts\.yaml: pet-soon: has no statement"):
        check(sections)


def test_every_alert_of_the_course_can_be_listed() -> None:
    edition = load_edition()
    said, _ = read_section(CONTENT, "statements/course.yaml", Statement)
    assert {key for key in said if not key.startswith("reading-")} == set(edition.alerts)
