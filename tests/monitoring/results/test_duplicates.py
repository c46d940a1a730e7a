"""The same result again, and values of one day that do not fit together."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from guideline.edition import load_edition
from monitoring.results.actions import results
from monitoring.results.duplicates import contradicted, repeated
from patients.models import Patient
from tests.monitoring.entries import entry, recorded
from tests.personas import House, registered

EDITION = load_edition()
AT_EIGHT = {"collected_precision": "minute", "collected_at_time": time(8, 0)}
MORNING = AT_EIGHT | {"collected_at": datetime(2026, 1, 5, 7, 0, tzinfo=UTC)}
LATER = AT_EIGHT | {"collected_at": datetime(2026, 1, 5, 9, 0, tzinfo=UTC)}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.mark.parametrize(
    ("kept", "again"),
    [
        ({}, {}),
        ({}, {"unit": "ng/L"}),
        ({}, {"value": "1.45", "unit": "ng/mL"}),
        ({}, {"value": "1450.0"}),
        ({}, {"laboratory": "Laboratory B"}),
        ({}, MORNING),
        (MORNING, MORNING),
        ({"source_id": "17"}, {}),
        ({"source_id": "17"}, {"source_id": "17"}),
    ],
)
def test_the_same_result_again_is_recognised(
    house: House, patient: Patient, kept: dict[str, Any], again: dict[str, Any]
) -> None:
    row = recorded(patient, house.alice, entry(**kept))[0]
    assert repeated(patient, [entry(**again)], EDITION) == {0: row.pk}


@pytest.mark.parametrize(
    ("kept", "other"),
    [
        ({}, {"value": "1451"}),
        ({}, {"comparator": "<"}),
        ({}, {"specimen": "serum"}),
        ({}, {"on": "2026-01-06"}),
        ({}, {"analyte": "il_6"}),
        ({}, {"collected_precision": "month", "on": "2026-01-01"}),
        (MORNING, LATER),
        ({"source_id": "17"}, {"source_id": "18"}),
    ],
)
def test_another_result_is_no_repetition(
    house: House, patient: Patient, kept: dict[str, Any], other: dict[str, Any]
) -> None:
    recorded(patient, house.alice, entry(**kept))
    assert repeated(patient, [entry(**other)], EDITION) == {}


def test_zero_and_nothing_are_not_the_same(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry(None, unable=True, unit=""))
    assert repeated(patient, [entry("0")], EDITION) == {}


def test_one_result_of_the_record_stands_for_one_entry(house: House, patient: Patient) -> None:
    row = recorded(patient, house.alice, entry())[0]
    assert repeated(patient, [entry(**LATER), entry(**MORNING)], EDITION) == {0: row.pk}


def test_an_exact_match_comes_before_one_that_only_fits(house: House, patient: Patient) -> None:
    loose, exact = recorded(patient, house.alice, entry(), entry(**MORNING))
    assert repeated(patient, [entry(**MORNING), entry()], EDITION) == {0: exact.pk, 1: loose.pk}


def test_what_was_entered_in_error_may_be_entered_again(house: House, patient: Patient) -> None:
    row = recorded(patient, house.alice)[0]
    results.mark_error(result=row, expected_version=1, by=house.alice)
    assert repeated(patient, [entry()], EDITION) == {}


@pytest.mark.parametrize(
    ("kept", "new", "asked"),
    [
        ("100", "130", False),
        ("100", "131", True),
        ("131", "100", True),
        ("0", "0", False),
        ("0", "0.1", True),
    ],
)
def test_more_than_thirty_per_cent_on_one_day_is_asked_about(
    house: House, patient: Patient, kept: str, new: str, asked: bool
) -> None:
    recorded(patient, house.alice, entry(kept))
    assert bool(contradicted(patient, [entry(new)], EDITION)) is asked


@pytest.mark.parametrize(
    ("comparator", "value", "asked"), [("<", "15", False), ("<", "26", True), (">", "20", False)]
)
def test_a_bound_contradicts_only_what_it_excludes(
    house: House, patient: Patient, comparator: str, value: str, asked: bool
) -> None:
    recorded(patient, house.alice, entry("20", comparator=comparator))
    assert bool(contradicted(patient, [entry(value)], EDITION)) is asked


@pytest.mark.parametrize(
    "changes", [{"specimen": "serum"}, {"laboratory": "B"}, {"method": "bead"}, {"on": "2026-01-06"}]
)
def test_another_series_or_day_contradicts_nothing(
    house: House, patient: Patient, changes: dict[str, str]
) -> None:
    recorded(patient, house.alice, entry("100"))
    assert contradicted(patient, [entry("900", **changes)], EDITION) == {}


def test_units_that_convert_are_compared(house: House, patient: Patient) -> None:
    recorded(patient, house.alice, entry("1450"))
    assert contradicted(patient, [entry("1.5", unit="ng/mL")], EDITION) == {}
    assert contradicted(patient, [entry("2", unit="ng/mL")], EDITION)


def test_a_result_does_not_contradict_its_own_correction(house: House, patient: Patient) -> None:
    row = recorded(patient, house.alice, entry("100"))[0]
    assert contradicted(patient, [entry("900")], EDITION, besides=row.pk) == {}
    assert repeated(patient, [entry("100")], EDITION, besides=row.pk) == {}


def test_hundreds_of_entries_ask_the_record_once(
    house: House, patient: Patient, django_assert_num_queries: Any
) -> None:
    recorded(patient, house.alice)
    with django_assert_num_queries(1):
        repeated(patient, [entry(str(value)) for value in range(300)], EDITION)
