"""Taking back a change of a neurologic assessment takes its values along."""

from uuid import uuid4

import pytest
from django.test import Client

from monitoring.results.actions import nerve
from monitoring.results.models import NerveAssessment, Result
from monitoring.results.queries import results_of
from patients.models import Patient
from tests.monitoring.assessments import assessed, nerve_entry
from tests.personas import NOW, House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def assessment(house: House, patient: Patient) -> NerveAssessment:
    """An ONLS of 5, corrected to 4."""
    return nerve.correct(
        assessment=assessed(patient, house.alice, onls="5"),
        entry=nerve_entry(onls="4"),
        expected_version=1,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )


def restore_address(patient: Patient, key: str, row: NerveAssessment | Result) -> str:
    first = row.history.order_by("pgh_id").first()
    return f"/patients/{patient.pk}/history/{key}/{row.pk}/restore/{first.pgh_id}/"


def test_an_earlier_state_is_written_again_with_its_values(
    alice: Client, patient: Patient, assessment: NerveAssessment
) -> None:
    address = restore_address(patient, "nerveassessment", assessment)
    assert "ONLS: 5" in alice.get(address).content.decode()
    alice.post(address, {"version": "2"})
    assert [row.value for row in results_of(patient)] == [5]


def test_a_mark_as_entered_in_error_can_be_taken_back(
    house: House, alice: Client, patient: Patient, assessment: NerveAssessment
) -> None:
    nerve.mark_error(assessment=assessment, expected_version=2, by=house.alice)
    alice.post(restore_address(patient, "nerveassessment", assessment), {"version": "3"})
    assert [row.value for row in results_of(patient)] == [5]


def test_a_stale_restoring_changes_nothing(
    alice: Client, patient: Patient, assessment: NerveAssessment
) -> None:
    answer = alice.post(restore_address(patient, "nerveassessment", assessment), {"version": "1"})
    assert answer.status_code == 422
    assert [row.value for row in results_of(patient)] == [4]


def test_a_value_of_an_assessment_is_never_restored_alone(
    alice: Client, patient: Patient, assessment: NerveAssessment
) -> None:
    result = Result.objects.get()
    assert alice.post(restore_address(patient, "result", result), {"version": "2"}).status_code == 404
    assert "Restore" not in alice.get(f"/patients/{patient.pk}/history/result/{result.pk}/").content.decode()
