"""The tumour board's list: who is put forward with which question, and what was decided."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.roles import Role
from monitoring.board.actions import cases
from monitoring.board.models import Case
from patients.models import Occurrence, Patient
from tests.monitoring.courses import entered_case
from tests.personas import NOW, House, member, registered, signed_in

QUESTION = "Second transplant or wait?"


@pytest.fixture
def patient(house: House) -> Patient:
    return entered_case("new-line-after-progression", house.alice)


def put_forward(patient: Patient, house: House, question: str = QUESTION) -> Case:
    return cases.put_forward(patient=patient, question=question, submission=uuid4(), by=house.alice, now=NOW)


def decide(client: Client, case: Case, **said: str) -> None:
    assert client.post(f"/board/{case.pk}/decide/", said).status_code == 302


def test_a_patient_is_put_forward_with_a_question_and_stands_on_the_list(
    alice: Client, patient: Patient
) -> None:
    asked = {"question": QUESTION, "submission": str(uuid4())}
    assert [alice.post(f"/patients/{patient.pk}/board/", asked).status_code for _ in range(2)] == [302, 302]
    page = alice.get("/board/").content.decode()
    assert page.count(QUESTION) == 1
    assert "Alice Amann" in page
    assert 'role="img"' in page


def test_an_empty_question_is_asked_again(alice: Client, patient: Patient) -> None:
    assert alice.post(f"/patients/{patient.pk}/board/", {"question": " "}).status_code == 422


def test_one_click_decides_and_the_record_has_a_note_of_it(
    house: House, alice: Client, patient: Patient
) -> None:
    case = put_forward(patient, house)
    decide(alice, case, decision="no_change")
    case.refresh_from_db()
    assert (case.decision, case.decided_by) == ("no_change", house.alice.user)
    note = Occurrence.objects.of(patient).get()
    assert note.text == f"Tumour board: no change. {QUESTION}"
    assert "Decided in the last thirty days" in alice.get("/board/").content.decode()


def test_a_second_decision_is_refused_and_the_same_again_is_a_double_click(
    house: House, alice: Client, patient: Patient
) -> None:
    case = put_forward(patient, house)
    for said in (
        {"decision": "plan", "text": "Rd"},
        {"decision": "plan", "text": "Rd"},
        {"decision": "no_change"},
    ):
        decide(alice, case, **said)
    case.refresh_from_db()
    assert (case.decision, case.text) == ("plan", "Rd")
    assert Occurrence.objects.of(patient).count() == 1


def test_a_word_that_is_none_of_the_three_decides_nothing(
    house: House, alice: Client, patient: Patient
) -> None:
    case = put_forward(patient, house)
    decide(alice, case, decision="perhaps")
    case.refresh_from_db()
    assert case.decided_at is None


def test_another_hospital_sees_and_decides_nothing(
    house: House, alice: Client, carlos: Client, patient: Patient
) -> None:
    case = put_forward(patient, house)
    assert QUESTION not in carlos.get("/board/").content.decode()
    assert carlos.post(f"/board/{case.pk}/decide/", {"decision": "plan"}).status_code == 404


def test_a_coordinator_puts_forward_and_does_not_decide(house: House, patient: Patient) -> None:
    case = put_forward(patient, house)
    client = signed_in(member("Cora Coordinator", house.a, [Role.COORDINATOR]))
    assert 'name="decision"' not in client.get("/board/").content.decode()
    assert client.post(f"/board/{case.pk}/decide/", {"decision": "plan"}).status_code == 403


def test_a_decision_without_a_name_is_refused_by_the_database(house: House, patient: Patient) -> None:
    case = put_forward(patient, house)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decision="plan")


def test_a_patient_without_values_is_shown_without_a_picture(house: House, alice: Client) -> None:
    put_forward(registered(house.alice, record_number="A-2"), house)
    assert "No VEGF to draw" in alice.get("/board/").content.decode()


def test_the_list_costs_the_same_queries_for_one_and_for_many(
    house: House, alice: Client, patient: Patient, django_assert_num_queries
) -> None:
    put_forward(patient, house)
    with django_assert_num_queries(QUERIES):
        alice.get("/board/")
    put_forward(registered(house.alice, record_number="A-3"), house)
    with django_assert_num_queries(QUERIES):
        alice.get("/board/")


# One of them notes every record that was looked at.
QUERIES = 14
