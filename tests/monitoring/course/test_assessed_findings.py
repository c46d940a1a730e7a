"""Organs and skin on the timeline: what each assessment of the diagnosis found."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from patients.actions import corrections
from patients.actions.assessments import assess_diagnosis
from patients.models import DiagnosisAssessment, Patient
from tests.monitoring.course.builders import drawn
from tests.personas import NOW, House, registered

SHOWN = 3  # where a point of the chart's data keeps its words


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def assessed(patient: Patient, house: House, day: str, **found: bool | None) -> None:
    assess_diagnosis(
        patient=patient,
        values={"assessed_on": date.fromisoformat(day), **found},
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )


def test_organs_and_skin_have_lanes_of_what_was_assessed(house: House, patient: Patient) -> None:
    assessed(patient, house, "2025-01-05", organomegaly=True, skin_changes=None)
    assessed(patient, house, "2026-01-05", organomegaly=False, skin_changes=True)
    lanes = {lane["key"]: lane for lane in drawn(patient)["lanes"]}
    assert {key: lane["group"] for key, lane in lanes.items()} == {
        "organomegaly": "organs",
        "skin_changes": "skin",
    }
    [organs], [skin] = (lanes[key]["series"] for key in ("organomegaly", "skin_changes"))
    assert [point[SHOWN] for point in organs["points"]] == ["present", "absent"]
    assert [(point[0], point[SHOWN]) for point in skin["points"]] == [("2026-01-05", "present")]


def test_what_was_assessed_stands_in_words_and_in_the_table(
    house: House, alice: Client, patient: Patient
) -> None:
    assessed(patient, house, "2025-01-05", skin_changes=True)
    page = alice.get(f"/patients/{patient.pk}/timeline/", {"show": "skin_changes"}).content.decode()
    assert "Skin (S)" in page
    assert page.count("present") == 2


def test_an_assessment_in_error_is_not_drawn(house: House, patient: Patient) -> None:
    assessed(patient, house, "2025-01-05", skin_changes=True)
    row = DiagnosisAssessment.objects.get()
    corrections.mark_error(row=row, expected_version=1, by=house.alice, now=NOW)
    assert drawn(patient)["lanes"] == []
