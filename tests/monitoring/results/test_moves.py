"""An entry of the wrong patient goes to the right one, and both histories say so."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.trail.models import AccessEvent
from monitoring.results.actions import moves, nerve, results
from monitoring.results.models import Direction, Move, MovedKind, PetScan, Result
from monitoring.results.queries import results_of
from patients.models import Patient
from tests.monitoring.course.test_history import scanned
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW, House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def right(house: House) -> Patient:
    return registered(house.alice, record_number="A-1002", given_name="Mario", family_name="Schultz")


@pytest.fixture
def misplaced(house: House, patient: Patient) -> Result:
    return recorded(patient, house.alice)[0]


def moved(row: Any, kind: MovedKind, patient: Patient, to: Patient, house: House, **changes: Any) -> None:
    usual = {"reason": "Mixed up", "expected_version": row.version, "submission": uuid4()}
    whole: Any = usual | changes
    moves.move(kind=kind, row_id=row.pk, patient=patient, to=to, by=house.alice, now=NOW, **whole)


def where(patient: Patient, row: Result, place: str = "move/") -> str:
    return f"/patients/{patient.pk}/results/{row.pk}/{place}"


def test_a_moved_result_keeps_its_number_and_its_history(
    house: House, patient: Patient, right: Patient
) -> None:
    row = recorded(patient, house.alice)[0]
    moved(row, MovedKind.RESULT, patient, right, house)
    assert results_of(patient) == []
    assert [one.id for one in results_of(right)] == [row.pk]
    owners = list(row.history.order_by("pgh_id").values_list("patient_id", flat=True))
    assert owners == [patient.pk, right.pk]


def test_both_histories_show_the_move(house: House, patient: Patient, right: Patient) -> None:
    row = recorded(patient, house.alice)[0]
    moved(row, MovedKind.RESULT, patient, right, house)
    sides = {move.patient_id: (move.direction, move.other_id) for move in Move.objects.all()}
    assert sides == {
        patient.pk: (Direction.LEFT, right.pk),
        right.pk: (Direction.ARRIVED, patient.pk),
    }


def test_moving_again_takes_it_back(house: House, patient: Patient, right: Patient) -> None:
    row = recorded(patient, house.alice)[0]
    moved(row, MovedKind.RESULT, patient, right, house)
    row.refresh_from_db()
    moved(row, MovedKind.RESULT, right, patient, house)
    assert [one.id for one in results_of(patient)] == [row.pk]
    assert Move.objects.count() == 4


def test_a_result_of_a_file_goes_to_another_patient_of_the_same_file(
    house: House, patient: Patient, right: Patient
) -> None:
    file = uuid4()
    rows = [
        results.record(patient=whose, entries=[entry()], submission=file, by=house.alice, now=NOW)[0]
        for whose in (patient, right)
    ]
    moved(rows[0], MovedKind.RESULT, patient, right, house)
    assert {one.id for one in results_of(right)} == {row.pk for row in rows}


def test_a_double_click_moves_once(house: House, patient: Patient, right: Patient) -> None:
    row = recorded(patient, house.alice)[0]
    submission = uuid4()
    for _ in range(2):
        moved(row, MovedKind.RESULT, patient, right, house, submission=submission)
    assert Move.objects.count() == 2


def test_a_scan_and_an_assessment_with_its_values_can_be_moved(
    house: House, patient: Patient, right: Patient
) -> None:
    scan = scanned(patient, house, "2026-01-05")
    kit: Any = {"assessed_on": date(2026, 1, 5), "examiner": "", "note": "", "answers": {"mrs": "2"}}
    visit = nerve.assess(patient=patient, entry=kit, submission=uuid4(), by=house.alice, now=NOW)
    moved(scan, MovedKind.PET, patient, right, house)
    moved(visit, MovedKind.NERVE, patient, right, house)
    assert PetScan.objects.of(right).count() == 1
    assert [one.analyte for one in results_of(right)] == ["mrs"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"reason": "  "}, moves.MoveRefusedError),
        ({"expected_version": 7}, moves.StaleMoveError),
    ],
)
def test_without_a_reason_or_after_a_change_nothing_moves(
    house: House, patient: Patient, right: Patient, changes: dict[str, Any], error: type[Exception]
) -> None:
    row = recorded(patient, house.alice)[0]
    with pytest.raises(error):
        moved(row, MovedKind.RESULT, patient, right, house, **changes)
    assert Result.objects.of(patient).count() == 1


def test_a_value_of_an_assessment_moves_only_with_it(house: House, patient: Patient, right: Patient) -> None:
    kit: Any = {"assessed_on": date(2026, 1, 5), "examiner": "", "note": "", "answers": {"mrs": "2"}}
    nerve.assess(patient=patient, entry=kit, submission=uuid4(), by=house.alice, now=NOW)
    with pytest.raises(moves.MoveRefusedError, match="move the assessment"):
        moved(Result.objects.get(), MovedKind.RESULT, patient, right, house)


def test_nothing_moves_to_another_hospital(house: House, patient: Patient) -> None:
    row = recorded(patient, house.alice)[0]
    stranger = Patient(hospital=house.b)
    with pytest.raises(moves.MoveRefusedError, match="patients of this hospital"):
        moved(row, MovedKind.RESULT, patient, stranger, house)


def test_the_database_knows_no_move_to_oneself(house: House, patient: Patient, right: Patient) -> None:
    moved(recorded(patient, house.alice)[0], MovedKind.RESULT, patient, right, house)
    with pytest.raises(IntegrityError, match="move_is_between_two_patients"), transaction.atomic():
        Move.objects.filter(patient=patient).update(other=patient)


def test_the_right_patient_is_found_by_a_posted_search(
    house: House, alice: Client, patient: Patient, right: Patient
) -> None:
    row = recorded(patient, house.alice)[0]
    page = alice.post(where(patient, row), {"q": "schulz"}).content.decode()
    assert f'name="to" value="{right.pk}"' in page
    assert f'name="to" value="{patient.pk}"' not in page


def test_both_identities_are_shown_before_anything_moves(
    house: House, alice: Client, patient: Patient, right: Patient
) -> None:
    row = recorded(patient, house.alice)[0]
    page = alice.post(where(patient, row), {"to": str(right.pk)}).content.decode()
    assert "A-1001" in page
    assert "A-1002" in page
    assert Result.objects.of(patient).count() == 1
    assert AccessEvent.objects.filter(patient_id=right.pk).exists()


def test_confirmed_it_moves_and_both_lists_say_why(
    house: House, alice: Client, patient: Patient, right: Patient
) -> None:
    row = recorded(patient, house.alice)[0]
    form = {"to": str(right.pk), "reason": "Label of the tube", "version": "1", "submission": str(uuid4())}
    alice.post(where(patient, row), form)
    for whose, words in ((patient, "went to Mario Schultz"), (right, "came from Maria Schulz")):
        page = alice.get(f"/patients/{whose.pk}/results/").content.decode()
        assert " ".join(words.split()) in " ".join(page.split())
        assert "Label of the tube" in page


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"to": "nobody"}, 404),
        ({"to": str(uuid4())}, 404),
        ({"reason": "", "version": "1"}, 422),
        ({"reason": "why", "version": "9"}, 422),
        ({"reason": "why", "version": "1", "submission": "x"}, 302),
    ],
)
def test_a_strange_form_is_refused_or_asked_again(
    alice: Client, misplaced: Result, right: Patient, form: dict[str, str], status: int
) -> None:
    row, patient = misplaced, misplaced.patient
    assert alice.post(where(patient, row), {"to": str(right.pk)} | form).status_code == status
