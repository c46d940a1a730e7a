"""The grid for one visit: exactly what was typed is saved, all of it or nothing."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from guideline.edition import load_edition
from monitoring.results.models import NerveAssessment, Result
from monitoring.results.presenters import GROUPS
from monitoring.results.queries import results_of
from patients.models import Patient
from tests.monitoring.assessments import assessed
from tests.monitoring.entries import entry, recorded
from tests.personas import House, registered

DAY = {"collected_on": "2026-03-02"}
VEGF = {
    "vegf-value": "620",
    "vegf-unit": "pg/mL",
    "vegf-specimen": "plasma",
    "vegf-laboratory": "Laboratory A",
}
PLATELETS = {"platelets-value": "300", "platelets-unit": "10*9/L", "platelets-specimen": "whole_blood"}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def page_of(patient: Patient) -> str:
    return f"/patients/{patient.pk}/results/visit/"


def posted(client: Client, patient: Patient, **fields: str) -> str:
    """The text of the page that answers."""
    answer = client.post(page_of(patient), DAY | fields)
    return answer.content.decode().replace("&#x27;", "'").replace("&lt;", "<")


def test_a_visit_is_saved_with_its_day_time_and_laboratory(alice: Client, patient: Patient) -> None:
    fields = VEGF | PLATELETS | {"collected_at_time": "08:30", "blood-laboratory": "House laboratory"}
    posted(alice, patient, **fields)
    rows = {row.analyte: row for row in results_of(patient)}
    assert (rows["vegf"].value, rows["vegf"].unit, rows["vegf"].laboratory) == (620, "pg/mL", "Laboratory A")
    assert rows["platelets"].laboratory == "House laboratory"
    assert {(row.collected_on, str(row.collected_at_time)) for row in rows.values()} == {
        (date(2026, 3, 2), "08:30:00")
    }


def test_empty_is_not_measured_and_zero_is_a_value(alice: Client, patient: Patient) -> None:
    posted(
        alice,
        patient,
        **PLATELETS,
        **{"m_protein-value": "0", "m_protein-unit": "g/dL", "m_protein-specimen": "serum"},
    )
    assert {row.analyte: row.value for row in results_of(patient)} == {"platelets": 300, "m_protein": 0}


def test_words_and_negative_findings_are_kept(alice: Client, patient: Patient) -> None:
    posted(
        alice,
        patient,
        **{"immunofixation-value": "0", "immunofixation-specimen": "serum"},
        **{"m_protein_type-value": "IgA  lambda", "m_protein_type-specimen": "serum"},
    )
    rows = {row.analyte: (row.value, row.text) for row in results_of(patient)}
    assert rows == {"immunofixation": (0, ""), "m_protein_type": (None, "IgA lambda")}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Nothing was entered."),
        (VEGF | {"vegf-unit": ""}, "None is assumed."),
        (VEGF | {"vegf-unit": "kg"}, "Select a valid choice"),
        (VEGF | {"vegf-specimen": ""}, "Choose the specimen"),
        (VEGF | {"vegf-value": "1,450"}, "1,450 can be one thousand four hundred fifty or 1.45"),
        (VEGF | {"vegf-value": "-5"}, "is negative; a result is 0 or more"),
        (VEGF | {"vegf-value": "0.2"}, "0.2 pg/mL is unusual for VEGF"),
        (
            VEGF | {"vegf-upper_limit": "9", "vegf-lower_limit": "10"},
            "The lower limit 10 is above the upper limit 9.",
        ),
        ({"vegf-upper_limit": "620"}, "A limit was changed but no value given"),
        (VEGF | {"collected_on": "2999-01-01"}, "the latest day allowed is today"),
        (VEGF | {"collected_on": "1970-01-01"}, "before the patient was born"),
        (VEGF | {"collected_on": ""}, "Give the day"),
        (VEGF | {"collected_on": "2026-03-29", "collected_at_time": "02:30"}, "02:30 did not exist"),
        (VEGF | {"nerve-onls": "13"}, "13 is out of range"),
        (VEGF | {"nerve-walk_10m_s": "9", "nerve-walk_unable": "on"}, "contradict each other"),
    ],
)
def test_bad_input_gets_a_sentence_and_saves_nothing(
    alice: Client, patient: Patient, fields: dict[str, str], sentence: str
) -> None:
    answer = alice.post(page_of(patient), DAY | PLATELETS | fields if fields else DAY)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert Result.objects.count() == NerveAssessment.objects.count() == 0


def test_one_bad_field_loses_nothing_that_was_typed(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, **VEGF, **{"platelets-value": "many", "nerve-onls": "4"})
    assert 'name="vegf-value" value="620"' in page
    assert 'value="many"' in page
    assert 'name="nerve-onls" value="4"' in page
    assert 'href="#id_platelets-value">Platelets</a>' in page


def test_an_ambiguous_number_is_saved_as_the_reading_chosen(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, **VEGF | {"vegf-value": "1,450"})
    readings = re.findall(r'name="vegf-value_reading" id="\S+" value="([^"]+)"', page)
    posted(alice, patient, **VEGF | {"vegf-value": "1,450", "vegf-value_reading": readings[0]})
    assert Result.objects.get().value == 1450


def test_an_implausible_value_is_asked_about_and_then_saved(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, **VEGF | {"vegf-value": "0.2"})
    told = re.search(r'name="vegf-confirmed" id="\S+" value="([^"]+)"', page)
    assert told is not None
    posted(alice, patient, **VEGF | {"vegf-value": "0.2", "vegf-confirmed": told[1]})
    assert Result.objects.get().value == Decimal("0.2")


def test_the_frame_of_last_time_is_shown_and_its_value_is_not_entered(
    house: House, alice: Client, patient: Patient
) -> None:
    recorded(patient, house.alice, entry("0.62", unit="ng/mL", upper_limit=Decimal("0.096")))
    page = alice.get(page_of(patient)).content.decode()
    assert "0.62 ng/mL on 5 Jan 2026" in page
    assert '<option value="ng/mL" selected>' in page
    assert 'name="vegf-upper_limit" value="0.0960"' in page
    assert 'name="vegf-laboratory" value="Laboratory A"' in page
    assert 'name="vegf-value" value' not in page


def test_what_is_shown_from_last_time_is_saved_only_beside_a_value(
    house: House, alice: Client, patient: Patient
) -> None:
    recorded(patient, house.alice)
    frame = {"vegf-unit": "pg/mL", "vegf-specimen": "plasma", "vegf-laboratory": "Laboratory A"}
    posted(alice, patient, **PLATELETS, **frame | {"vegf-upper_limit": "96", "vegf-method": "ELISA"})
    assert [row.analyte for row in results_of(patient)] == ["vegf", "platelets"]


@pytest.mark.parametrize(
    "changed",
    [{"vegf-unit": "ng/L"}, {"vegf-specimen": "serum"}, {"vegf-laboratory": "B"}, {"vegf-method": "Luminex"}],
)
def test_limits_of_another_series_are_asked_about(
    house: House, alice: Client, patient: Patient, changed: dict[str, str]
) -> None:
    recorded(patient, house.alice)
    fields = VEGF | {"vegf-method": "ELISA", "vegf-upper_limit": "96"} | changed
    page = posted(alice, patient, **fields)
    told = re.search(r'name="vegf-limits_kept" id="\S+" value="([^"]+)"', page)
    assert "were printed by another series" in page
    assert told is not None
    posted(alice, patient, **fields | {"vegf-limits_kept": told[1]})
    assert Result.objects.count() == 2


def test_a_value_that_contradicts_one_of_the_day_is_asked_about(
    house: House, alice: Client, patient: Patient
) -> None:
    recorded(patient, house.alice, entry("1450", "2026-03-02"))
    fields = VEGF | {"vegf-method": "ELISA", "vegf-upper_limit": "96"}
    page = posted(alice, patient, **fields)
    told = re.search(r'name="settled" id="\S+" value="([^"]+)"', page)
    assert told is not None
    assert Result.objects.count() == 1
    posted(alice, patient, settled=told[1], **fields)
    assert Result.objects.count() == 2


def test_another_score_of_the_same_day_is_asked_about(house: House, alice: Client, patient: Patient) -> None:
    assessed(patient, house.alice, on="2026-03-02", onls="8")
    fields = {"nerve-onls": "4", "nerve-onls_version": "", "nerve-mrs": "2"}
    page = posted(alice, patient, **fields)
    told = re.search(r'name="settled" id="\S+" value="([^"]+)"', page)
    assert told is not None
    assert NerveAssessment.objects.count() == 1
    posted(alice, patient, settled=told[1], **fields)
    assert NerveAssessment.objects.count() == 2


def test_a_double_click_makes_one_visit_and_asks_nothing(alice: Client, patient: Patient) -> None:
    fields = VEGF | {"nerve-onls": "4", "submission": "6f2f7e3e-4c80-4f44-9c53-0a5f2c5f9a10"}
    for _ in range(2):
        assert alice.post(page_of(patient), DAY | fields).status_code == 302
    assert (Result.objects.count(), NerveAssessment.objects.count()) == (2, 1)


def test_the_totals_of_the_nerve_kit_make_an_assessment(alice: Client, patient: Patient) -> None:
    fields = {"nerve-onls": "4", "nerve-onls_version": "Graham 2006", "nerve-walk_unable": "on"}
    posted(alice, patient, **VEGF, **fields, **{"nerve-examiner": "Dr. Nerve"})
    assessment = NerveAssessment.objects.get()
    assert (assessment.examiner, assessment.assessed_on) == ("Dr. Nerve", date(2026, 3, 2))
    kit = Result.objects.filter(assessment=assessment).order_by("position")
    assert [(row.analyte, row.value, row.unable) for row in kit] == [
        ("onls", 4, False),
        ("walk_10m_s", None, True),
    ]


def test_a_capital_letter_splits_no_series(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice)
    fields = VEGF | {"vegf-laboratory": "laboratory a", "vegf-method": "elisa", "vegf-upper_limit": "96"}
    posted(alice, patient, **fields)
    assert set(Result.objects.values_list("laboratory", "method")) == {("Laboratory A", "ELISA")}


def test_every_analyte_of_the_catalogue_has_a_row(alice: Client, patient: Patient) -> None:
    page = alice.get(page_of(patient)).content.decode()
    rows = set(re.findall(r'name="([a-z0-9_]+)-value"', page))
    assert rows == set(load_edition().analytes)
    assert {analyte.group for analyte in load_edition().analytes.values()} <= set(GROUPS)


def test_the_grid_is_closed_to_others(patient: Patient, ada: Client, carlos: Client) -> None:
    assert ada.get(page_of(patient)).status_code == 403
    assert carlos.get(page_of(patient)).status_code == 404


def test_the_grid_asks_as_little_with_a_long_record(
    house: House, alice: Client, patient: Patient, django_assert_max_num_queries
) -> None:
    recorded(patient, house.alice, *(entry(str(value + 100)) for value in range(60)))
    assessed(patient, house.alice, onls="5")
    with django_assert_max_num_queries(14):
        alice.get(page_of(patient))


# What a laboratory can print of these analytes without a question: plausible, and read in one way only.
PLAUSIBLE = {"platelets": "10*9/L", "hemoglobin": "g/L", "leukocytes": "10*9/L", "crp": "mg/L"}
NUMBERS = st.decimals(min_value=60, max_value=99, places=2).map(lambda number: f"{number:f}")
VISITS = st.dictionaries(st.sampled_from(sorted(PLAUSIBLE)), NUMBERS, min_size=1)


@given(typed=VISITS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_grid_saves_exactly_what_was_typed(house: House, alice: Client, typed: dict[str, str]) -> None:
    Result.objects.all().delete()
    patient = Patient.objects.first() or registered(house.alice)
    specimens = {key: load_edition().analytes[key].specimens[0] for key in PLAUSIBLE}
    fields: dict[str, Any] = dict(DAY)
    for key, unit in PLAUSIBLE.items():
        fields |= {f"{key}-value": typed.get(key, ""), f"{key}-unit": unit, f"{key}-specimen": specimens[key]}
    assert alice.post(page_of(patient), fields).status_code == 302
    assert {row.analyte: row.value for row in results_of(patient)} == {
        key: Decimal(value) for key, value in typed.items()
    }
