"""The content loads fast and whole, or says which file, which key and what to do."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guideline.case_input import parse_case
from guideline.decide import decide
from guideline.edition import CONTENT, load_edition
from guideline.errors import ContentError
from guideline.fact_table import FACT
from tests.guideline.builders import LOCALIZED, raw_case


@pytest.fixture
def copy(tmp_path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return folder


BROKEN = [
    ("edition.yaml", "status: under_review", "status: finished", "edition.yaml: edition.status"),
    ("edition.yaml", "status: under_review\n", "", "edition.status: is missing"),
    ("edition.yaml", "status:", "state:", "edition.state: is not known"),
    ("edition.yaml", "published_on: 2026-11-23", "published_on: soon", "a date such as"),
    ("thresholds/decision.yaml", "value: 3\n", "value: 9\n", "9 is outside 2 to 5"),
    ("thresholds/decision.yaml", "permitted: [2, 5]", "permitted: [5, 2]", "swap the two"),
    ("thresholds/decision.yaml", "permitted: [2, 5]", "permitted: [2]", "must list 2 values"),
    ("thresholds/decision.yaml", "permitted: [2, 5]", "permitted: 2", "must be a list"),
    ("thresholds/decision.yaml", "value: 3\n", "value: three\n", "must be a number or a whole number"),
    ("thresholds/decision.yaml", "value: 3\n", "value: true\n", "must be a number or a whole number"),
    ("thresholds/decision.yaml", "sources: [X-Hum13, X-ASH14F]", "sources: []", "name at least one source"),
    (
        "thresholds/decision.yaml",
        "sources: [X-Hum13, X-ASH14F]",
        "sources: [X-Nobody]",
        "X-Nobody is not in sources",
    ),
    ("thresholds/decision.yaml", "limited_lesion_limit:", "age_adverse:", "is given twice"),
    ("statements/radiation.yaml", "RT-PREGNANT:", "ASCT-PREGNANT:", "already defined in another file"),
    (
        "statements/radiation.yaml",
        "rule_in_words: The patient is pregnant.",
        "rule_in_words: ''",
        "must be a text",
    ),
    ("statements/radiation.yaml", "sources: [X-Suh14]", "sources: [X-Nobody]", "X-Nobody is not in sources"),
    ("statements/lenalidomide.yaml", "absolute: true", "absolute: 1", "must be true or false"),
    ("statements/prior.yaml", "PRIOR-FAILED:\n", "PRIOR-FAILED: text\nother:\n", "must be a group of keys"),
    ("statements/radiation.yaml", "  sources: [S2]\n", "", "RT-NOT-ALONE.sources: is missing; add a list"),
    ("scales.yaml", "better: lower", "better: smaller", "one of lower, higher"),
    ("phrases.yaml", '    "true": ', "    true: ", "put the key in quotes"),
    ("drugs.yaml", "aliases: [bortezomib, velcade]", "aliases: [1]", "aliases[0]"),
    ("sources.yaml", "S1:", "S1: [", "cannot be read as YAML"),
    ("sources.yaml", "kind: commercial_summary", "kind: gospel", "S1.kind"),
    ("schedules.yaml", "latest: {months: 3", "latest: {month: 3", "latest.month"),
    (
        "statements/advisories_diagnosis.yaml",
        "  variants:\n    advised:",
        "  variants:\n    - advised:",
        "statements",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN)
def test_a_mistake_in_the_content_is_named_with_its_place(copy, file, old, new, message):
    with pytest.raises(ContentError) as refusal:
        load_edition(changed(copy, file, old, new))
    assert message in str(refusal.value)


@pytest.mark.parametrize("file", ["edition.yaml", "sources.yaml", "phrases.yaml"])
def test_a_file_that_is_missing_is_named(copy, file):
    (copy / file).unlink()
    with pytest.raises(ContentError, match=f"{file}: the file: is missing"):
        load_edition(copy)


def test_a_file_that_is_no_group_of_entries_is_refused(copy):
    (copy / "drugs.yaml").write_text("- bortezomib\n")
    with pytest.raises(ContentError, match=r"drugs\.yaml: the file: must be a group of named entries"):
        load_edition(copy)


def test_the_header_must_be_a_group_of_keys(copy):
    (copy / "edition.yaml").write_text("final\n")
    with pytest.raises(ContentError, match=r"edition\.yaml: edition: must be a group of keys"):
        load_edition(copy)


def test_a_sentence_with_a_hole_is_never_spoken():
    with pytest.raises(ContentError) as refusal:
        load_edition().fill("up to {limit}", {})
    assert str(refusal.value) == "statements: limit: nothing fills this placeholder of 'up to {limit}'"


def test_another_lesion_limit_moves_the_boundary_and_what_is_tried(copy):
    edition = load_edition(changed(copy, "thresholds/decision.yaml", "value: 3\n", "value: 2\n"))
    case = parse_case(raw_case("first", LOCALIZED, extent__bone_lesion_count=3))
    assert decide(case, edition).extent == "disseminated"


def test_decimals_are_exact_and_whole_numbers_stay_whole():
    edition = load_edition()
    assert edition.number("anemia_male") == Decimal("13.0")
    assert edition.number("limited_lesion_limit") == 3
    assert edition.threshold("limited_lesion_limit").since == date(2026, 11, 23)


def test_what_the_content_does_not_hold_is_an_error():
    with pytest.raises(ContentError, match="colour: is not in the content"):
        load_edition().number("colour")
    with pytest.raises(ContentError, match="RT-NOTHING"):
        load_edition().statement("RT-NOTHING")
    with pytest.raises(ContentError, match="kilometres"):
        load_edition().scale("kilometres")


def test_the_default_edition_is_read_once():
    assert load_edition() is load_edition()
    assert (load_edition().id, load_edition().version, load_edition().status) == (
        "poems-treatment",
        "2026.11",
        "under_review",
    )


def test_validity_is_found_by_fact_and_names_only_known_facts():
    edition = load_edition()
    assert edition.validity_of("patient.pregnancy").days is None
    assert edition.validity_of("labs.hemoglobin_g_dl").days == 30
    assert edition.validity_of("extent.bone_lesion_count").not_older_than_progression
    assert edition.validity_of("line") is None
    assert all(fact in FACT for entry in edition.validity.values() for fact in entry.facts)


def test_schedules_are_labelled_as_synthesis_and_their_windows_are_in_order():
    schedules = load_edition().schedules.values()
    assert all(schedule.synthesis for schedule in schedules)
    for item in (item for schedule in schedules for item in schedule.items):
        windows = [(offset.months, offset.days) for offset in (item.earliest, item.due, item.latest)]
        days = [months * 30 + day for months, day in windows]
        assert days == sorted(days)
        assert item.due.months == item.month


def test_the_items_of_a_schedule_count_from_its_anchor():
    schedules = load_edition().schedules
    assert {item.anchor for item in schedules["transplantation"].items} == {"transplant_day"}
    assert schedules["after_radiation"].items[0].overdue_at_once
    assert len(schedules["after_radiation"].items) == len(schedules["systemic"].items) + 1
