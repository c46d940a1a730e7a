"""Taking back *entered in error*: scans and neurologic assessments stand again, with their values."""

import pytest
from django.test import Client

from monitoring.results.actions import nerve
from monitoring.results.models import NerveAssessment, PetScan, Result
from patients.actions.corrections import mark_error
from patients.models import Patient
from tests.monitoring.assessments import assessed
from tests.monitoring.results.test_pet import page_of, posted
from tests.personas import NOW, House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def scan(house: House, alice: Client, patient: Patient) -> PetScan:
    """Marked as entered in error."""
    posted(alice, patient)
    row: PetScan = PetScan.objects.get()
    mark_error(row=row, expected_version=1, by=house.alice, now=NOW)
    return row


@pytest.fixture
def assessment(house: House, patient: Patient) -> NerveAssessment:
    """Marked as entered in error."""
    row = assessed(patient, house.alice, onls="4")
    return nerve.mark_error(assessment=row, expected_version=1, by=house.alice)


def test_a_scan_stands_again(alice: Client, patient: Patient, scan: PetScan) -> None:
    assert "Not an error: let it stand" in alice.get(page_of(patient)).content.decode()
    answer = alice.post(page_of(patient, f"{scan.pk}/take-back/"), {"version": "2"}, follow=True)
    scan.refresh_from_db()
    assert (scan.entered_in_error_at, scan.entered_in_error_by, scan.version) == (None, None, 3)
    assert "The scan stands again." in answer.content.decode()


@pytest.mark.parametrize("version", ["1", "", "9" * 5000])
def test_a_scan_that_changed_meanwhile_is_not_taken_back(
    alice: Client, patient: Patient, scan: PetScan, version: str
) -> None:
    answer = alice.post(page_of(patient, f"{scan.pk}/take-back/"), {"version": version}, follow=True)
    assert "look at it again below" in answer.content.decode()
    assert PetScan.objects.standing().count() == 0


def test_an_assessment_stands_again_with_its_values(
    alice: Client, patient: Patient, assessment: NerveAssessment
) -> None:
    address = f"/patients/{patient.pk}/results/nerve/"
    assert "Not an error: let it stand" in alice.get(address).content.decode()
    alice.post(f"{address}{assessment.pk}/take-back/", {"version": "2"})
    assessment.refresh_from_db()
    assert not assessment.entered_in_error
    assert [(row.analyte, row.value) for row in Result.objects.exclude(state="entered_in_error")] == [
        ("onls", 4)
    ]


def test_what_stands_cannot_be_taken_back(alice: Client, house: House, patient: Patient) -> None:
    standing = assessed(patient, house.alice, onls="4")
    address = f"/patients/{patient.pk}/results/nerve/{standing.pk}/take-back/"
    assert alice.post(address, {"version": "1"}).status_code == 404


def test_an_assessment_of_the_wrong_patient_can_be_moved_from_its_list(
    alice: Client, house: House, patient: Patient
) -> None:
    row = assessed(patient, house.alice, onls="4")
    page = alice.get(f"/patients/{patient.pk}/results/nerve/").content.decode()
    assert f"/patients/{patient.pk}/results/nerve/{row.pk}/move/" in page
    history = alice.get(f"/patients/{patient.pk}/history/").content.decode()
    assert "ONLS: 4" in history
