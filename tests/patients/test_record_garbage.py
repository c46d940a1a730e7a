"""Whatever is posted to a form of the record is answered with a page, never with an error of ours."""

import pytest
from django.test import Client

from patients.models import Criterion, Patient, TreatmentKind
from tests.patients.entries import DIAGNOSIS, EXTENT, RADIATION, lesions
from tests.personas import House, registered

GARBAGE = ["\x00", "9" * 400, "-1", "NaN", "1e999", "٣", "\ud7ff" * 3, "<script>", "2024-13-45", "0000", " "]
TREATMENT_FIELDS = [
    "name",
    "started",
    "ended",
    "stop_reason",
    "response",
    "continues",
    "intent",
    "dose_gy",
    "fractions",
    "lesions",
    "stabilized",
    "stabilized_on",
    "regimen",
    "other_drugs",
    "cycles_given",
    "cycles_planned",
    "dose_notes",
    "neurotoxic",
    "cells_collected",
    "cells_10e6_kg",
    "support",
    "axis",
    "note",
    "version",
    "submission",
    "confirmed",
]


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def status(client: Client, patient: Patient, page: str, form: dict[str, str]) -> int:
    return client.post(f"/patients/{patient.pk}/{page}/", form).status_code


@pytest.mark.parametrize("kind", TreatmentKind.values)
@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_treatment_made_of_garbage_is_refused(
    alice: Client, patient: Patient, kind: str, garbage: str
) -> None:
    form = dict.fromkeys(TREATMENT_FIELDS, garbage) | {"kind": kind}
    assert status(alice, patient, "treatments/add", form) == 422


@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_kind_that_does_not_exist_is_asked_for(alice: Client, patient: Patient, garbage: str) -> None:
    assert status(alice, patient, "treatments/add", RADIATION | {"kind": garbage}) == 200


@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize("asked", ["", "look", "add_lesion"])
def test_an_extent_made_of_garbage_is_shown_again(
    alice: Client, patient: Patient, garbage: str, asked: str
) -> None:
    row = dict.fromkeys(
        ["site", "side", "density", "fdg_avid", "suv_max", "biopsied", "biopsied_on"], garbage
    )
    form = dict.fromkeys([*EXTENT, "bone_lesion_count", "marrow_method", "version", "submission"], garbage)
    whole = form | lesions(row, row) | ({asked: "1"} if asked else {})
    assert status(alice, patient, "assessments/extent", whole) == (200 if asked else 422)
    assert status(alice, patient, "assessments/extent", whole | {"lesion-count": garbage}) in {200, 422}


@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_diagnosis_made_of_garbage_is_shown_again(alice: Client, patient: Patient, garbage: str) -> None:
    details = [f"{name}_{end}" for name in Criterion.values for end in ("on", "evidence")]
    form = dict.fromkeys([*DIAGNOSIS, *details, "version", "submission"], garbage)
    assert status(alice, patient, "assessments/diagnosis", form) == 422
    assert status(alice, patient, "assessments/diagnosis", form | {"look": "1"}) == 200
