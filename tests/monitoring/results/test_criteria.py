"""What was measured stands beside the criteria that rest on a number, and judges nothing."""

from typing import Any

from django.test import Client

from guideline.edition import load_edition
from monitoring.results.criteria import measured
from patients.models import Patient
from tests.monitoring.entries import entry, recorded
from tests.personas import House, registered


def form_of(client: Client, patient: Patient) -> str:
    return client.get(f"/patients/{patient.pk}/assessments/diagnosis/").content.decode()


def test_the_newest_vegf_stands_beside_its_criterion_with_the_limit_of_its_report(house: House) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice, entry("310", "2025-01-05"), entry("1450", "2026-01-05"))
    assert measured(patient)["vegf_elevated"][0] == (
        "VEGF 1450 pg/mL on 5 Jan 2026 (Plasma · Laboratory A · ELISA; limit of that report: up to 96)."
    )


def test_the_published_value_is_told_with_how_well_it_tells(house: House) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice)
    published = measured(patient)["vegf_elevated"][1]
    assert "200 pg/mL" in published
    source = load_edition().sources[load_edition().thresholds["vegf_diagnostic_plasma"].sources[0]]
    assert source.title in published
    assert "Specificity 95 %, sensitivity 68 %" in published


def test_a_bound_is_told_as_a_bound_and_a_year_as_a_year(house: House) -> None:
    patient = registered(house.alice)
    bound = entry("20", "2024-01-01", comparator="<", upper_limit=None, collected_precision="year")
    recorded(patient, house.alice, bound)
    assert measured(patient)["vegf_elevated"][0].startswith("VEGF <20 pg/mL on 2024 (")
    assert "the report gave no limit" in measured(patient)["vegf_elevated"][0]


def test_nothing_measured_says_nothing(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    assert measured(patient) == {}
    assert "criterion-measured" not in form_of(alice, patient)


def test_a_result_in_error_is_not_told(house: House) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice, entry(state="entered_in_error"))
    assert measured(patient) == {}


def test_a_value_above_its_limit_answers_no_criterion(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice)
    page = form_of(alice, patient)
    assert "VEGF 1450 pg/mL" in page
    unknown = page.partition('name="vegf_elevated" value="unknown"')[2]
    assert "checked" in unknown.partition(">")[0]


def test_it_takes_one_query(house: House, django_assert_num_queries: Any) -> None:
    patient = registered(house.alice)
    recorded(
        patient,
        house.alice,
        entry(),
        entry("450", analyte="platelets", unit="10*9/L", specimen="whole_blood"),
    )
    with django_assert_num_queries(1):
        measured(patient)
