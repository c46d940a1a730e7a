"""The content loads fast and whole, or says which file, which key and what to do."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guideline.case_input import parse_case
from guideline.decide import decide
from guideline.edition import CONTENT, Review, load_edition, reviewed
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
    (
        "edition.yaml",
        "status: under_review",
        "status: finished",
        "edition.yaml: edition.status: must be one of submitted, under_review, approved, "
        "retired, not 'finished'",
    ),
    (
        "edition.yaml",
        "status: under_review\n",
        "",
        "edition.yaml: edition.status: is missing; add one of submitted, under_review, approved, retired",
    ),
    (
        "edition.yaml",
        "status:",
        "state:",
        "edition.yaml: edition.state: is not known; remove it or use one of id, version, status, "
        "published_on, title, note",
    ),
    (
        "edition.yaml",
        "published_on: 2026-11-23",
        "published_on: soon",
        "edition.yaml: edition.published_on: must be a date such as 2026-11-23, not 'soon'",
    ),
    (
        "thresholds/decision.yaml",
        "value: 3\n",
        "value: 9\n",
        "thresholds/decision.yaml: limited_lesion_limit.value: 9 is outside 2 to 5; choose one inside",
    ),
    (
        "thresholds/decision.yaml",
        "permitted: [2, 5]",
        "permitted: [5, 2]",
        "thresholds/decision.yaml: limited_lesion_limit.permitted: runs from 5 down to 2; swap the two",
    ),
    (
        "thresholds/decision.yaml",
        "permitted: [2, 5]",
        "permitted: [2]",
        "thresholds/decision.yaml: limited_lesion_limit.permitted: must list 2 values, not 1",
    ),
    (
        "thresholds/decision.yaml",
        "permitted: [2, 5]",
        "permitted: 2",
        "thresholds/decision.yaml: limited_lesion_limit.permitted: must be a list, not 2",
    ),
    (
        "thresholds/decision.yaml",
        "value: 3\n",
        "value: three\n",
        "thresholds/decision.yaml: limited_lesion_limit.value: must be a number or a whole "
        "number, not 'three'",
    ),
    (
        "thresholds/decision.yaml",
        "value: 3\n",
        "value: true\n",
        "thresholds/decision.yaml: limited_lesion_limit.value: must be a number or a whole number, not True",
    ),
    (
        "thresholds/decision.yaml",
        "sources: [X-Hum13, X-ASH14F]",
        "sources: []",
        "thresholds/decision.yaml: limited_lesion_limit.sources: is empty; name at least one source",
    ),
    (
        "thresholds/decision.yaml",
        "sources: [X-Hum13, X-ASH14F]",
        "sources: [X-Nobody]",
        "thresholds/decision.yaml: limited_lesion_limit.sources: X-Nobody is not in "
        "sources.yaml; add it there or correct it",
    ),
    (
        "thresholds/decision.yaml",
        "limited_lesion_limit:",
        "age_adverse:",
        "thresholds/decision.yaml: the file: cannot be read as YAML: age_adverse is given twice",
    ),
    (
        "statements/radiation.yaml",
        "RT-PREGNANT:",
        "ASCT-PREGNANT:",
        "statements/transplantation.yaml: ASCT-PREGNANT: is already defined in another file; "
        "rename or remove one",
    ),
    (
        "statements/radiation.yaml",
        "rule_in_words: The patient is pregnant.",
        "rule_in_words: ''",
        "statements/radiation.yaml: RT-PREGNANT.rule_in_words: must be a text, not ''",
    ),
    (
        "statements/radiation.yaml",
        "sources: [X-Suh14]",
        "sources: [X-Nobody]",
        "statements/radiation.yaml: RT-NOT-ALONE.sources: X-Nobody is not in sources.yaml; add "
        "it there or correct it",
    ),
    (
        "statements/lenalidomide.yaml",
        "absolute: true",
        "absolute: 1",
        "statements/lenalidomide.yaml: IMID-PREGNANCY.absolute: must be true or false, not 1",
    ),
    (
        "statements/prior.yaml",
        "PRIOR-FAILED:\n",
        "PRIOR-FAILED: text\nother:\n",
        "statements/prior.yaml: PRIOR-FAILED: must be a group of keys",
    ),
    (
        "statements/radiation.yaml",
        "  sources: [S2]\n",
        "",
        "statements/radiation.yaml: RT-NOT-ALONE.sources: is missing; add a list",
    ),
    (
        "scales.yaml",
        "better: lower",
        "better: smaller",
        "scales.yaml: onls.better: must be one of lower, higher, not 'smaller'",
    ),
    (
        "phrases.yaml",
        '    "true": ',
        "    true: ",
        "phrases.yaml: diagnosis.treat_as_poems.values.True: must be a text; put the key in quotes",
    ),
    (
        "drugs.yaml",
        "aliases: [bortezomib, velcade]",
        "aliases: [1]",
        "drugs.yaml: bortezomib.aliases[0]: must be a text, not 1",
    ),
    (
        "sources.yaml",
        "S1:",
        "S1: [",
        "sources.yaml: the file: cannot be read as YAML: while parsing a flow sequence",
    ),
    (
        "sources.yaml",
        "kind: commercial_summary",
        "kind: gospel",
        "sources.yaml: S1.kind: must be one of randomised_trial, prospective_trial, series, "
        "case_report, review, expert_summary, commercial_summary, product_information, "
        "instrument, general_knowledge, own_definition, not 'gospel'",
    ),
    (
        "schedules.yaml",
        "latest: {months: 3",
        "latest: {month: 3",
        "schedules.yaml: after_radiation.items[2].latest.month: is not known; remove it or use "
        "one of months, days",
    ),
    (
        "statements/advisories_diagnosis.yaml",
        "  variants:\n    advised:",
        "  variants:\n    - advised:",
        "statements/advisories_diagnosis.yaml: systemic-mandatory.variants: must be a group of "
        "keys, not [{'advised': None, 'text': '{reasons}: systemic treatment is advised.', "
        "'sources': ['X-ASH14F', 'X-Disp23']}]",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN)
def test_a_mistake_in_the_content_is_named_with_its_place(copy, file, old, new, message):
    with pytest.raises(ContentError) as refusal:
        load_edition(changed(copy, file, old, new))
    assert str(refusal.value).partition("\n")[0] == message


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
    assert edition.validity_of("workup.thyroid_tested").days == 365
    assert not edition.validity_of("diagnosis.papilledema").ages
    placed = [fact for entry in edition.validity.values() for fact in entry.facts]
    assert sorted(placed) == sorted(FACT)


def test_how_a_fact_ages_is_never_guessed():
    with pytest.raises(ContentError, match="is in no entry; say how long"):
        load_edition().validity_of("workup.liver_tested")


def test_a_study_says_whom_it_looked_at():
    studies = ("randomised_trial", "prospective_trial", "series", "case_report")
    sources = load_edition().sources
    assert [key for key, source in sources.items() if source.kind in studies and not source.population] == []


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


def test_an_alert_is_found_by_its_key_and_an_unknown_one_names_the_file():
    edition = load_edition()
    key = next(iter(edition.alerts))
    assert edition.alert(key) is edition.alerts[key]
    with pytest.raises(ContentError, match=r"alerts\.yaml"):
        edition.alert("no_such_alert")


def test_what_people_made_of_an_edition_changes_none_of_its_words():
    edition, review = load_edition(), Review("approved", "approved by two people")
    told = reviewed(edition, review)
    assert (told.review, told.digest, told.statements) == (review, edition.digest, edition.statements)
