"""Diagnosis, extent and treatments given, through the pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from patients.models import DiagnosisAssessment, ExtentAssessment, Patient, Treatment
from patients.queries import latest_facts, treatments_of
from tests.personas import House, registered

UNASSESSED = {
    "polyneuropathy": "unknown",
    "monoclonal_plasma_cell_disorder": "unknown",
    "castleman_disease": "unknown",
    "sclerotic_bone_lesions": "unknown",
    "vegf_elevated": "unknown",
    "organomegaly": "unknown",
    "extravascular_volume_overload": "unknown",
    "endocrinopathy": "unknown",
    "skin_changes": "unknown",
    "papilledema": "unknown",
    "thrombocytosis_or_polycythemia": "unknown",
    "treat_as_poems": "unknown",
}
EXTENT = {
    "assessed_on": "2026-04-01",
    "diffuse_bone_lesions": "unknown",
    "whole_body_imaging": "unknown",
    "clonal_marrow_plasma_cells": "unknown",
}
RADIATION = {
    "kind": "radiation",
    "name": "50 Gy to T9",
    "started_on": "2026-01-05",
    "ended_on": "2026-02-10",
    "stop_reason": "completed",
    "intent": "definitive",
    "stabilized": "unknown",
    "continues": "unknown",
}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def posted(client: Client, patient: Patient, page: str, form: dict[str, str]) -> str:
    return client.post(f"/patients/{patient.pk}/{page}/", form).content.decode().replace("&#x27;", "'")


def test_not_assessed_is_kept_as_unknown_and_no_as_no(alice: Client, patient: Patient) -> None:
    form = UNASSESSED | {"assessed_on": "2026-04-01", "polyneuropathy": "yes", "castleman_disease": "no"}
    posted(alice, patient, "assessments/diagnosis", form)
    row = DiagnosisAssessment.objects.get()
    assert (row.polyneuropathy, row.castleman_disease, row.papilledema) == (True, False, None)


def test_an_earlier_assessment_stays_when_a_newer_one_is_made(alice: Client, patient: Patient) -> None:
    for day in ("2026-04-01", "2026-04-20"):
        posted(alice, patient, "assessments/diagnosis", UNASSESSED | {"assessed_on": day})
    assert DiagnosisAssessment.objects.of(patient).count() == 2


def test_treating_as_poems_against_the_criteria_needs_a_reason(alice: Client, patient: Patient) -> None:
    form = UNASSESSED | {"assessed_on": "2026-04-01", "treat_as_poems": "yes"}
    assert "Say why this is treated as POEMS" in posted(alice, patient, "assessments/diagnosis", form)


def test_an_empty_lesion_count_is_not_known(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "assessments/extent", EXTENT | {"bone_lesion_count": ""})
    assert ExtentAssessment.objects.get().bone_lesion_count is None


def test_no_lesion_is_zero_only_when_said_explicitly(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "assessments/extent", EXTENT | {"none_found": "on"})
    assert ExtentAssessment.objects.get().bone_lesion_count == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bone_lesion_count": "0"}, "For no lesion tick"),
        ({"bone_lesion_count": "2", "none_found": "on"}, "None found and 2 lesions contradict each other"),
        ({"bone_lesion_count": "-1"}, "cannot be negative"),
        ({"bone_lesion_count": "501"}, "At most 500 lesions"),
        ({"bone_lesion_count": "many"}, "Give a whole number"),
        ({"imaging_on": "2026-04-02"}, "cannot be later than the assessment"),
        ({"marrow_on": "2026-02-30"}, "30 February 2026 does not exist"),
    ],
)
def test_a_contradictory_extent_is_refused_with_a_sentence(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, "assessments/extent", EXTENT | change)
    assert ExtentAssessment.objects.count() == 0


def test_facts_come_from_the_newest_assessment_with_their_own_day(alice: Client, patient: Patient) -> None:
    posted(
        alice,
        patient,
        "assessments/extent",
        EXTENT | {"none_found": "on", "whole_body_imaging": "yes", "imaging_on": "2026-03-15"},
    )
    facts = latest_facts(patient, on=date(2026, 5, 1))
    assert facts["extent.bone_lesion_count"].value == 0
    assert facts["extent.whole_body_imaging"].on == date(2026, 3, 15)
    assert "extent.clonal_marrow_plasma_cells" not in facts


def test_a_recorded_radiation_is_among_the_treatments(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "treatments/add", RADIATION)
    [given] = treatments_of(patient)
    assert (given.kind, given.ended_on, given.stabilized) == ("radiation", date(2026, 2, 10), None)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ended_on": "2026-01-04"}, "The last day lies before the first day"),
        ({"ended_on": ""}, "A treatment that ended for a reason has a last day"),
        ({"kind": "systemic"}, "Intent and stability belong to radiation"),
        ({"stabilized_on": "2026-04-01"}, "A date of judgement needs a judgement"),
        ({"started_on": "2999-01-01"}, "the latest day allowed is today"),
    ],
)
def test_an_impossible_treatment_is_refused_with_a_sentence(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, "treatments/add", RADIATION | change)
    assert Treatment.objects.count() == 0


def test_the_same_treatment_on_overlapping_days_is_refused(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "treatments/add", RADIATION)
    assert "recorded for some of these days already" in posted(alice, patient, "treatments/add", RADIATION)
    assert Treatment.objects.count() == 1


def test_a_double_click_records_one_treatment(alice: Client, patient: Patient) -> None:
    for _ in range(2):
        posted(
            alice,
            patient,
            "treatments/add",
            RADIATION | {"submission": "2b6d3a3e-0000-4000-8000-000000000001"},
        )
    assert Treatment.objects.count() == 1


def test_a_stale_correction_of_a_treatment_overwrites_nothing(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "treatments/add", RADIATION | {"submission": str(uuid4())})
    treatment = Treatment.objects.get()
    Treatment.objects.update(version=2)
    page = posted(alice, patient, f"treatments/{treatment.pk}", RADIATION | {"version": "1", "name": "45 Gy"})
    assert "nothing was overwritten" in page
    assert Treatment.objects.get().name == "50 Gy to T9"


@pytest.mark.parametrize("page", ["assessments", "assessments/diagnosis", "treatments", "treatments/add"])
def test_the_record_of_another_hospital_does_not_exist(carlos: Client, patient: Patient, page: str) -> None:
    assert carlos.get(f"/patients/{patient.pk}/{page}/").status_code == 404
