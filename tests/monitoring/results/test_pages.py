"""Entering, listing and correcting results through the pages."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from monitoring.results.models import Result
from patients.models import Patient
from tests.monitoring.entries import entry, recorded
from tests.personas import House, registered

FORM = {
    "analyte": "vegf",
    "value": "1450",
    "unit": "pg/mL",
    "specimen": "plasma",
    "laboratory": "Laboratory A",
    "method": "ELISA",
    "upper_limit": "96",
    "collected_on": "2026-01-05",
}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def page_of(patient: Patient, place: str = "") -> str:
    return f"/patients/{patient.pk}/results/{place}"


def posted(client: Client, patient: Patient, place: str = "new/", **changes: str) -> str:
    """The text of the page that answers."""
    answer = client.post(page_of(patient, place), FORM | changes)
    return answer.content.decode().replace("&#x27;", "'").replace("&lt;", "<")


def test_a_saved_result_stands_in_the_list_as_reported(alice: Client, patient: Patient) -> None:
    posted(alice, patient, value="<20")
    page = alice.get(page_of(patient)).content.decode()
    assert "&lt;20 pg/mL" in page
    assert "Plasma · Laboratory A · ELISA" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": "1,450"}, "1,450 can be one thousand four hundred fifty or 1.45; type 1450 or 1.45."),
        ({"value": "1,4,50"}, "has two or more commas"),
        ({"value": "-5"}, "is negative; a result is 0 or more"),
        ({"value": ""}, "This field is required."),
        ({"value": "9" * 10_000}, "A number may have at most 60 characters; this has 10000."),
        ({"unit": "mg/dL"}, "does not fit VEGF; allowed: pg/mL, ng/L, ng/mL or µg/L."),
        ({"unit": ""}, "None is assumed."),
        ({"specimen": ""}, "Choose the specimen"),
        ({"specimen": "urine"}, "VEGF is measured in plasma or serum."),
        ({"analyte": "lvef_percent", "unit": "%", "value": "60"}, "is measured in no specimen"),
        ({"lower_limit": "97"}, "The lower limit 97 is above the upper limit 96."),
        ({"collected_on": "2023-02-30"}, "30 February 2023 does not exist: that month has 28 days."),
        ({"collected_on": "2999-01-01"}, "the latest day allowed is today"),
        ({"collected_on": "1970-01-01"}, "before the patient was born"),
        ({"collected_at_time": "25:00"}, "Give hour and minute, as in 08:30."),
        ({"laboratory": "x" * 101}, "At most 100 characters are kept; this has 101."),
        ({"analyte": "blood_pressure"}, "Select a valid choice"),
        ({"analyte": "immunofixation", "unit": "", "specimen": "serum"}, "is negative (0) or positive (1)"),
    ],
)
def test_bad_input_gets_a_sentence_and_saves_nothing(
    alice: Client, patient: Patient, changes: dict[str, str], sentence: str
) -> None:
    answer = alice.post(page_of(patient, "new/"), FORM | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert Result.objects.count() == 0


def test_a_number_with_two_readings_is_saved_as_the_one_chosen(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, value=">1,450", upper_limit="96")
    readings = re.findall(r'name="value_reading" id="\w+" value="([^"]+)"', page)
    posted(alice, patient, value=">1,450", value_reading=readings[0].replace("&gt;", ">"))
    saved = Result.objects.get()
    assert (saved.comparator, saved.value) == (">", 1450)


def test_a_chosen_reading_is_kept_while_another_field_is_mended(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, value="1,450", value_reading="1,450 = 1450", unit="mg/dL")
    assert '<input type="hidden" name="value_reading" value="1,450 = 1450">' in page
    assert "which one is meant" not in page


def test_a_reading_chosen_for_another_number_is_asked_again(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, value="2,600", value_reading="1,450 = 1450")
    assert "two thousand six hundred" in page
    assert Result.objects.count() == 0


def test_what_was_typed_stays_on_a_refused_form(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, value="1,450", laboratory="Institut für Immunologie")
    assert 'value="1,450"' in page
    assert "Institut für Immunologie" in page


@pytest.mark.parametrize("value", ["0", "1450000", "1.4"])
def test_an_implausible_value_is_asked_and_then_saved(alice: Client, patient: Patient, value: str) -> None:
    page = posted(alice, patient, value=value)
    asked = re.search(r'name="confirmed" id="id_confirmed" value="([^"]+)"', page)
    assert asked is not None
    assert Result.objects.count() == 0
    posted(alice, patient, value=value, confirmed=asked.group(1))
    assert Result.objects.count() == 1


def test_a_confirmation_counts_only_for_the_value_it_was_given_for(alice: Client, patient: Patient) -> None:
    posted(alice, patient, value="0", confirmed="1.4 pg/mL")
    assert Result.objects.count() == 0


def test_a_negative_immunofixation_is_kept_as_zero(alice: Client, patient: Patient) -> None:
    serum = {"analyte": "immunofixation", "specimen": "serum", "unit": "", "upper_limit": ""}
    posted(alice, patient, value="negative", **serum)
    assert Result.objects.get().value == 0
    assert "negative" in alice.get(page_of(patient)).content.decode()


def test_a_capital_letter_does_not_split_a_series(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice)
    posted(alice, patient, laboratory="laboratory  a")
    assert set(Result.objects.values_list("laboratory", flat=True)) == {"Laboratory A"}


def test_a_double_click_saves_once(alice: Client, patient: Patient) -> None:
    submission = str(uuid4())
    for _ in range(2):
        posted(alice, patient, submission=submission)
    assert Result.objects.count() == 1


def test_save_and_enter_another_stays_with_the_analyte(alice: Client, patient: Patient) -> None:
    answer = alice.post(page_of(patient, "new/"), FORM | {"another": "1"})
    assert answer.headers["Location"].endswith("/results/new/?analyte=vegf")


def test_a_correction_starts_from_what_stands_and_saves_it(
    house: House, alice: Client, patient: Patient
) -> None:
    result = recorded(patient, house.alice, entry("0.125", unit="ng/mL", comparator="<="))[0]
    page = alice.get(page_of(patient, f"{result.pk}/correct/")).content.decode()
    assert 'value="≤0.1250"' in page
    posted(alice, patient, f"{result.pk}/correct/", version="1", value="≤ 0.150", unit="ng/mL")
    result.refresh_from_db()
    assert (str(result.value.normalize()), result.comparator, result.version) == ("0.15", "<=", 2)


def test_a_stale_correction_names_what_stands_now(house: House, alice: Client, patient: Patient) -> None:
    result = recorded(patient, house.alice)[0]
    Result.objects.update(value=700, version=2)
    page = posted(alice, patient, f"{result.pk}/correct/", version="1", value="145")
    assert "Nothing was overwritten" in page
    assert "700 pg/mL, Plasma" in page
    assert 'name="version" value="2"' in page


def test_a_result_entered_in_error_is_struck_through(house: House, alice: Client, patient: Patient) -> None:
    result = recorded(patient, house.alice)[0]
    alice.post(page_of(patient, f"{result.pk}/error/"), {"version": "1"})
    assert "<del>1450 pg/mL</del>" in alice.get(page_of(patient)).content.decode()
    assert alice.get(page_of(patient, f"{result.pk}/correct/")).status_code == 404


def test_a_stale_mark_changes_nothing(house: House, alice: Client, patient: Patient) -> None:
    result = recorded(patient, house.alice)[0]
    answer = alice.post(page_of(patient, f"{result.pk}/error/"), {"version": "x"})
    assert answer.status_code == 422
    assert Result.objects.standing().count() == 1


@pytest.mark.parametrize("place", ["", "new/", "1/correct/", "1/error/"])
def test_results_are_closed_to_others(patient: Patient, ada: Client, carlos: Client, place: str) -> None:
    assert ada.get(page_of(patient, place)).status_code == 403
    assert carlos.get(page_of(patient, place)).status_code == 404


def test_a_result_of_one_patient_is_not_found_under_another(
    house: House, alice: Client, patient: Patient
) -> None:
    result = recorded(patient, house.alice)[0]
    other = registered(house.alice, record_number="A-1002")
    assert alice.get(page_of(other, f"{result.pk}/correct/")).status_code == 404


def test_a_script_in_a_laboratory_is_shown_as_text(house: House, alice: Client, patient: Patient) -> None:
    recorded(patient, house.alice, entry(laboratory="<script>alert(1)</script>"))
    for place in ("", "new/"):
        assert "<script>alert(1)" not in alice.get(page_of(patient, place)).content.decode()


def test_the_list_asks_as_little_for_fifty_results_as_for_one(
    house: House, alice: Client, patient: Patient, django_assert_max_num_queries
) -> None:
    recorded(patient, house.alice, *(entry(str(value + 100)) for value in range(60)))
    with django_assert_max_num_queries(12):
        alice.get(page_of(patient))
