"""Entering, listing and correcting neurologic assessments through the pages."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from monitoring.results.models import NerveAssessment, Result
from monitoring.results.queries import results_of
from patients.models import Patient
from tests.monitoring.assessments import MUSCLES, TASKS, assessed
from tests.personas import House, registered

DAY = {"assessed_on": "2026-03-02", "examiner": "Dr. Nerve"}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def page_of(patient: Patient, place: str = "") -> str:
    return f"/patients/{patient.pk}/results/nerve/{place}"


def posted(client: Client, patient: Patient, place: str = "new/", **answers: str) -> str:
    """The text of the page that answers."""
    answer = client.post(page_of(patient, place), DAY | answers)
    return answer.content.decode().replace("&#x27;", "'")


def values(patient: Patient) -> dict[str, Any]:
    """What a course reads, by analyte and method."""
    return {
        row.analyte + (f" {row.method}" if row.method else ""): "unable" if row.unable else row.value
        for row in results_of(patient)
    }


def test_a_total_alone_becomes_a_result_with_its_version(alice: Client, patient: Patient) -> None:
    posted(alice, patient, onls="5", onls_version="Graham 2006")
    assert values(patient) == {"onls Graham 2006": 5}


def test_zero_is_a_value_and_empty_is_not_examined(alice: Client, patient: Patient) -> None:
    posted(alice, patient, pain_nrs="0", mrs="")
    assert values(patient) == {"pain_nrs": 0}


def test_the_questions_of_the_onls_make_its_total(alice: Client, patient: Patient) -> None:
    posted(
        alice,
        patient,
        **TASKS,
        onls_leg_difficulty="yes",
        onls_support="one_side",
        onls_version="Graham 2006",
    )
    assert values(patient) == {"onls Graham 2006": 5}
    assert "Difficult" in alice.get(page_of(patient)).content.decode()


def test_an_unsettled_grade_leaves_the_total_unknown(alice: Client, patient: Patient) -> None:
    posted(alice, patient, **TASKS, onls_leg_difficulty="yes")
    assert values(patient) == {}
    assert NerveAssessment.objects.get().answers["onls_leg_difficulty"] is True


def test_eleven_muscles_make_no_sum_and_twelve_do(alice: Client, patient: Patient) -> None:
    eleven = dict(list(MUSCLES.items())[:-1])
    posted(alice, patient, **eleven)
    assert values(patient) == {}
    posted(alice, patient, **MUSCLES)
    assert values(patient) == {"mrc_sum": 48}


def test_a_sum_may_be_typed_beside_some_muscles(alice: Client, patient: Patient) -> None:
    posted(alice, patient, mrc_hip_flexion_left="3", mrc_sum="50")
    assert values(patient) == {"mrc_sum": 50}


def test_who_cannot_walk_is_unable_and_never_zero(alice: Client, patient: Patient) -> None:
    posted(alice, patient, walk_unable="on", walk_aid="frame")
    assert values(patient) == {"walk_10m_s": "unable"}
    assert "cannot walk" in alice.get(page_of(patient)).content.decode()


def test_kilograms_stay_out_of_the_series_of_kilopascals(alice: Client, patient: Patient) -> None:
    posted(alice, patient, grip_device="grip_kg", grip_right="31", grip_left_unable="on")
    assert values(patient) == {"grip_kg Right": 31, "grip_kg Left": "unable"}
    assert set(Result.objects.values_list("unit", flat=True)) == {"kg"}


def test_each_nerve_and_side_is_a_series_of_its_own(alice: Client, patient: Patient) -> None:
    posted(alice, patient, cmap_ulnar_right="4.3", cmap_tibial_left="0")
    shown = {name: str(value) for name, value in values(patient).items()}
    assert shown == {"cmap_mv Ulnar, right": "4.300000", "cmap_mv Tibial, left": "0.000000"}


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"onls": "13"}, "13 is out of range: a whole number from 0 to 12."),
        ({"onls": "4.5"}, "4.5 is out of range: a whole number from 0 to 12."),
        ({"i_rods": "101"}, "101 is out of range: a number from 0 to 100."),
        ({"i_rods_raw": "49"}, "49 is out of range: a whole number from 0 to 48."),
        ({"walk_10m_s": "0"}, "0 is out of range: a number above 0 and at most 300 s."),
        ({"nis": "-1"}, "is negative"),
        ({"nis": "twelve"}, "holds more than a number"),
        ({"mrc_hip_flexion_left": "6"}, "6 is out of range: a whole number from 0 to 5."),
        ({"walk_10m_s": "9", "walk_unable": "on"}, "contradict each other; keep one."),
        ({"grip_right": "40"}, "Choose the device"),
        ({"grip_device": "grip_kpa", "grip_right": "200"}, "a number from 0 to 160 kPa"),
        (TASKS | {"onls": "1"}, "The answers below allow 2 to 9, the total says 1; correct one."),
        (MUSCLES | {"mrc_sum": "60"}, "The answers below add up to 48, the total says 60; correct one."),
        ({"onls_hair": "hampered", "onls_arm_movement": "no"}, "no task is possible; correct this"),
        ({"onls_leg_difficulty": "no", "onls_support": "frame"}, "Select a valid choice"),
        (
            {"onls_leg_difficulty": "no", "onls_support": "one_side"},
            "contradicts an abnormal gait or a support",
        ),
        ({"assessed_on": "1970-01-01", "mrs": "1"}, "before the patient was born"),
        ({"assessed_on": "2999-01-01", "mrs": "1"}, "the latest day allowed is today"),
        ({}, "Nothing was entered."),
    ],
)
def test_bad_input_gets_a_sentence_and_saves_nothing(
    alice: Client, patient: Patient, answers: dict[str, str], sentence: str
) -> None:
    answer = alice.post(page_of(patient, "new/"), DAY | answers)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert NerveAssessment.objects.count() == Result.objects.count() == 0


def test_what_was_typed_stays_on_a_refused_form(alice: Client, patient: Patient) -> None:
    page = posted(alice, patient, onls="13", mrc_hip_flexion_left="4", note="weaker on stairs")
    assert 'name="mrc_hip_flexion_left" value="4"' in page
    assert "weaker on stairs" in page


def test_an_assessment_entered_twice_is_asked_about(house: House, alice: Client, patient: Patient) -> None:
    assessed(patient, house.alice, on="2026-03-02", mrs="2")
    page = posted(alice, patient, mrs="2", mrs_version="")
    told = re.search(r'name="settled" id="\S+" value="([^"]+)"', page)
    assert "This is in the record already" in page
    assert told is not None
    posted(alice, patient, mrs="2", mrs_version="", settled=told[1])
    assert NerveAssessment.objects.count() == 2


def test_a_double_click_makes_one_assessment(alice: Client, patient: Patient) -> None:
    for _ in range(2):
        posted(alice, patient, onls="5", submission="6f2f7e3e-4c80-4f44-9c53-0a5f2c5f9a10")
    assert (NerveAssessment.objects.count(), Result.objects.count()) == (1, 1)


def test_a_correction_starts_from_what_stands_and_corrects_the_results(
    house: House, alice: Client, patient: Patient
) -> None:
    assessment = assessed(patient, house.alice, onls="5", mrs="2", onls_version="Graham 2006")
    page = alice.get(page_of(patient, f"{assessment.pk}/correct/")).content.decode()
    assert 'name="onls" value="5"' in page
    answers = {"onls": "4", "onls_version": "Graham 2006", "nis": "20", "version": "1"}
    posted(alice, patient, f"{assessment.pk}/correct/", **answers)
    assert values(patient) == {"onls Graham 2006": 4, "nis": 20}


def test_a_stale_correction_names_what_stands_now(house: House, alice: Client, patient: Patient) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    NerveAssessment.objects.update(version=2, answers={"onls": "7"})
    page = posted(alice, patient, f"{assessment.pk}/correct/", onls="4", version="1")
    assert "Nothing was overwritten" in page
    assert "<strong>7</strong>" in page
    assert 'name="version" value="2"' in page


def test_an_assessment_in_error_is_struck_through_with_its_values(
    house: House, alice: Client, patient: Patient
) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    alice.post(page_of(patient, f"{assessment.pk}/error/"), {"version": "1"})
    assert "<del>5</del>" in alice.get(page_of(patient)).content.decode()
    assert values(patient) == {}


def test_a_stale_mark_changes_nothing(house: House, alice: Client, patient: Patient) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    answer = alice.post(page_of(patient, f"{assessment.pk}/error/"), {"version": "9"})
    assert answer.status_code == 422
    assert values(patient) == {"onls": 5}


def test_the_value_before_is_shown_and_another_version_is_not_compared(
    house: House, alice: Client, patient: Patient
) -> None:
    assessed(patient, house.alice, on="2025-01-10", mnis7="80", mnis7_version="local 304")
    assessed(patient, house.alice, on="2025-07-10", mnis7="71", mnis7_version="local 304")
    assessed(patient, house.alice, on="2026-01-10", mnis7="90", mnis7_version="other")
    page = alice.get(page_of(patient)).content.decode()
    assert "71 by another version (local 304)" in page
    assert '<span class="number">80</span> <span class="muted small">10 Jan 2025</span>' in page
    assert page.count("not compared") == 1


def test_the_version_used_last_is_offered(house: House, alice: Client, patient: Patient) -> None:
    assessed(patient, house.alice, mnis7="80", mnis7_version="local form")
    assert 'value="local form"' in alice.get(page_of(patient, "new/")).content.decode()


def test_a_value_of_an_assessment_is_corrected_at_the_assessment(
    house: House, alice: Client, patient: Patient
) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    for page in ("correct", "error"):
        answer = alice.get(f"/patients/{patient.pk}/results/{Result.objects.get().pk}/{page}/")
        assert answer.headers["Location"] == page_of(patient, f"{assessment.pk}/correct/")


def test_results_list_the_scale_by_name_and_without_a_laboratory(
    house: House, alice: Client, patient: Patient
) -> None:
    assessed(patient, house.alice, onls="5")
    page = alice.get(f"/patients/{patient.pk}/results/?analyte=onls").content.decode()
    assert ">ONLS</td>" in page
    assert "laboratory not given" not in page


def test_assessments_are_closed_to_others(
    house: House, patient: Patient, ada: Client, carlos: Client
) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    for place in ("", "new/", f"{assessment.pk}/correct/", f"{assessment.pk}/error/"):
        assert ada.get(page_of(patient, place)).status_code == 403
        assert carlos.get(page_of(patient, place)).status_code == 404


def test_an_assessment_of_one_patient_is_not_found_under_another(
    house: House, alice: Client, patient: Patient
) -> None:
    assessment = assessed(patient, house.alice, onls="5")
    other = registered(house.alice, record_number="A-1002")
    assert alice.get(page_of(other, f"{assessment.pk}/correct/")).status_code == 404


def test_ten_assessments_ask_as_little_as_one(
    house: House, alice: Client, patient: Patient, django_assert_max_num_queries
) -> None:
    for month in range(1, 13):
        assessed(patient, house.alice, on=f"2025-{month:02}-01", onls="5", mrs="2", submission=uuid4())
    for place in ("", "new/"):
        with django_assert_max_num_queries(12):
            alice.get(page_of(patient, place))
