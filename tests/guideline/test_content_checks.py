"""What must hold between the entries of an edition is checked when it is read."""

import shutil
from pathlib import Path

import pytest

from guideline.edition import CONTENT, load_edition
from guideline.errors import ContentError

SUPERSEDED = "  superseded:\n    - {{value: 4, since: {0}, until: {1}, reason: reviewed}}\n"
LIMIT = "  sources: [X-Hum13, X-ASH14F]\n"


@pytest.fixture
def copy(tmp_path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    return folder


MISTAKES = [
    (
        "statements/radiation.yaml",
        "{limited_lesion_limit}",
        "{limit}",
        "statements/radiation.yaml: RT-NOT-ALONE: nothing fills {limit}; correct the name",
    ),
    (
        "statements/melphalan.yaml",
        "eGFR is below {egfr_low}",
        "eGFR is below {labs.egfr_ml_min_173m2}",
        "statements/melphalan.yaml: MEL-RENAL.rule_in_words: {labs.egfr_ml_min_173m2} is no "
        "threshold; a rule in words holds thresholds only",
    ),
    (
        "phrases.yaml",
        '    "switch": a systemic therapy was stopped without progression\n',
        "",
        "phrases.yaml: line.values: lacks switch; add it",
    ),
    (
        "phrases.yaml",
        "labs.hemoglobin_g_dl:",
        "labs.other:",
        "phrases.yaml: labs.hemoglobin_g_dl: is missing; say how this fact is put into a sentence",
    ),
    (
        "phrases.yaml",
        '  value: "hemoglobin is {value} g/dL"\n',
        "",
        "phrases.yaml: labs.hemoglobin_g_dl.value: is missing; a number needs it",
    ),
    (
        "scales.yaml",
        "minimum: 0\n  maximum: 12\n",
        "minimum: 13\n  maximum: 12\n",
        "scales.yaml: onls: runs from 13 to 12; the lower end comes first",
    ),
    (
        "analytes.yaml",
        "plausible: [0, 6]",
        "plausible: [7, 6]",
        "analytes.yaml: m_protein: runs from 7 to 6; the lower end comes first",
    ),
    (
        "doses.yaml",
        "low: 35\n",
        "low: 55\n",
        "doses.yaml: radiation_series: runs from 55 to 54; the lower end comes first",
    ),
    (
        "doses.yaml",
        "  high: 54\n",
        "",
        "doses.yaml: radiation_series: runs from 35 to None; the lower end comes first",
    ),
    (
        "schedules.yaml",
        "latest: {months: 6, days: 0}",
        "latest: {months: 2, days: 27}",
        "schedules.yaml: after_radiation.stability-3: runs from 2001-04-01 to 2001-03-28; the "
        "lower end comes first",
    ),
    (
        "schedules.yaml",
        "earliest: {months: 3, days: 0}",
        "earliest: {months: 3, days: 1}",
        "schedules.yaml: after_radiation.stability-3: runs from 2001-04-02 to 2001-04-01; the "
        "lower end comes first",
    ),
    (
        "validity.yaml",
        "[patient.pregnancy]",
        "[patient.height]",
        "validity.yaml: pregnancy.facts: patient.height is no fact; correct it",
    ),
    (
        "register.yaml",
        "threshold:limited_lesion_limit",
        "threshold:limit",
        "register.yaml: R02.where: threshold:limit is not there; correct it",
    ),
    (
        "register.yaml",
        "statement:RT-LOCALIZED",
        "table:RT-LOCALIZED",
        "register.yaml: R01.where: table:RT-LOCALIZED is not there; correct it",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES)
def test_a_mistake_between_entries_is_named_with_its_place_and_its_cure(copy, file, old, new, message):
    with pytest.raises(ContentError) as refusal:
        load_edition(changed(copy, file, old, new))
    assert str(refusal.value).partition("\n")[0] == message


def test_a_superseded_value_stays_with_its_dates(copy):
    old = SUPERSEDED.format("2025-01-01", "2026-11-23")
    edition = load_edition(changed(copy, "thresholds/decision.yaml", LIMIT, LIMIT + old))
    (before,) = edition.threshold("limited_lesion_limit").superseded
    assert (before.value, before.since.year, before.reason) == (4, 2025, "reviewed")


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-01-02", "2026-01-01"), ("2026-01-01", "2026-01-01"), ("2026-01-01", "2026-11-24")],
)
def test_a_superseded_value_that_ends_before_it_began_or_after_its_successor_is_refused(copy, since, until):
    old = LIMIT + SUPERSEDED.format(since, until)
    with pytest.raises(ContentError) as refusal:
        load_edition(changed(copy, "thresholds/decision.yaml", LIMIT, old))
    assert "limited_lesion_limit.superseded[0]: must end after it began" in str(refusal.value)


def test_superseded_values_follow_one_another(copy):
    first = SUPERSEDED.format("2024-01-01", "2025-06-01")
    second = "    - {value: 2, since: 2025-05-01, until: 2026-11-23, reason: reviewed again}\n"
    with pytest.raises(ContentError, match=r"superseded\[0\]"):
        load_edition(changed(copy, "thresholds/decision.yaml", LIMIT, LIMIT + first + second))


def test_a_value_may_be_as_low_or_as_high_as_is_permitted(copy):
    load_edition(changed(copy, "thresholds/decision.yaml", "permitted: [2, 5]", "permitted: [3, 3]"))


def test_a_place_on_a_screen_is_no_content(copy):
    folder = changed(copy, "register.yaml", "threshold:limited_lesion_limit", "screen:limits")
    assert "screen:limits" in load_edition(folder).register["R02"].where
