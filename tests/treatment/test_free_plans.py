"""Plans in a clinician's own words: signed, kept, replaced by a next version, printed."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from accounts.trail.models import AccessEvent
from patients.models import Patient
from tests.personas import PASSWORD, House, registered
from tests.treatment.pdf_text import pages_of, words
from treatment.actions import free_plans
from treatment.models import FreePlan, Paper

TEXT = "Radiation of the left hip.\nThen we wait.\n\nVEGF every three months."


@pytest.fixture(autouse=True)
def _afresh() -> None:
    cache.clear()  # attempts to prove who one is are counted there


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Radiation first",
        "text": TEXT,
        "secret": PASSWORD,
        "submission": str(uuid4()),
    } | changes


def write(client: Client, patient: Patient, after: FreePlan | None = None, **changes: Any) -> Any:
    end = f"{after.pk}/next/" if after else "write/"
    return client.post(f"/patients/{patient.pk}/plans/free/{end}", filled(**changes))


def signed(client: Client, patient: Patient, **changes: Any) -> FreePlan:
    assert write(client, patient, **changes).status_code == 302
    return FreePlan.objects.latest("signed_at")


def test_what_was_signed_is_read_and_listed(alice: Client, patient: Patient) -> None:
    plan = signed(alice, patient)
    page = alice.get(f"/patients/{patient.pk}/plans/free/{plan.pk}/").content.decode()
    assert "Radiation of the left hip.<br>Then we wait." in page
    assert "Radiation first" in alice.get(f"/patients/{patient.pk}/plans/").content.decode()


def test_signing_without_the_password_signs_nothing_and_loses_nothing(
    alice: Client, patient: Patient
) -> None:
    answer = write(alice, patient, secret="wrong")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing was signed, and nothing is lost." in page
    assert "VEGF every three months." in page
    assert not FreePlan.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", " ", "Give it a title."),
        ("title", "x" * 201, "200 characters at most"),
        ("text", "\n \n", "Write the plan."),
        ("text", "x" * 20_001, "20,000 characters at most"),
        ("secret", "", "Enter your password or a code"),
    ],
)
def test_what_is_missing_is_asked_for(
    alice: Client, patient: Patient, field: str, typed: str, sentence: str
) -> None:
    answer = write(alice, patient, **{field: typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_double_click_signs_once(alice: Client, patient: Patient) -> None:
    submission = str(uuid4())
    for _ in range(2):
        assert write(alice, patient, submission=submission).status_code == 302
    assert FreePlan.objects.count() == 1


def test_a_next_version_leaves_the_one_before_as_it_was(alice: Client, patient: Patient) -> None:
    first = signed(alice, patient)
    second = signed(alice, patient, after=first, text="Lenalidomide instead.")
    assert (second.version, second.replaces) == (2, first)
    first.refresh_from_db()
    assert first.text == TEXT
    page = alice.get(f"/patients/{patient.pk}/plans/free/{first.pk}/").content.decode()
    assert "A newer version took its place" in page


def test_the_second_of_two_writers_is_told_what_the_first_wrote(alice: Client, patient: Patient) -> None:
    first = signed(alice, patient)
    signed(alice, patient, after=first, text="Lenalidomide instead.")
    answer = write(alice, patient, after=first, text="Melphalan instead.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Alice Amann signed version 2" in page
    assert "Lenalidomide instead." in page
    assert "Melphalan instead." in page
    assert FreePlan.objects.count() == 2


@pytest.mark.parametrize("paper", Paper.values)
def test_the_paper_says_every_word_and_whose_it_is(alice: Client, patient: Patient, paper: str) -> None:
    plan = signed(alice, patient, title="李小龙 #read(1)")
    answer = alice.get(f"/patients/{patient.pk}/plans/free/{plan.pk}/print/{paper}/")
    [page] = pages_of(answer.content)
    for said in ("Maria Schulz born 14 Feb 1977", "李小龙 #read(1)", *TEXT.splitlines()):
        assert words(said) in page
    assert b"<pdfuaid:part>1<" in answer.content
    assert "Schulz" not in answer.headers["Content-Disposition"]
    event = AccessEvent.objects.order_by("-at").first()
    assert event is not None
    assert (event.kind, event.address) == ("printed", "treatment:print_free_plan")


def test_a_later_change_of_the_name_does_not_change_the_paper(alice: Client, patient: Patient) -> None:
    plan = signed(alice, patient)
    address = f"/patients/{patient.pk}/plans/free/{plan.pk}/print/a4/"
    before = alice.get(address).content
    Patient.objects.filter(pk=patient.pk).update(family_name="Other")
    assert alice.get(address).content == before


def test_a_later_change_of_the_program_does_not_change_the_paper(
    alice: Client, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = signed(alice, patient)
    address = f"/patients/{patient.pk}/plans/free/{plan.pk}/print/a4/"
    before = alice.get(address).content
    monkeypatch.setattr(free_plans, "free_plan_pdf", lambda plan, paper: b"something else")
    assert alice.get(address).content == before
    assert sorted(plan.documents.values_list("paper", flat=True)) == sorted(Paper.values)


def test_a_plan_older_than_stored_documents_gets_its_own_once(
    alice: Client, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(free_plans, "keep_documents", lambda **_: None)
    plan = signed(alice, patient)
    monkeypatch.undo()
    assert not plan.documents.exists()
    address = f"/patients/{patient.pk}/plans/free/{plan.pk}/print/a4/"
    assert alice.get(address).content == alice.get(address).content
    assert plan.documents.count() == len(Paper.values)


def test_the_database_refuses_to_change_a_document(alice: Client, patient: Patient) -> None:
    signed(alice, patient)
    for statement in ("UPDATE {} SET paper = 'a4'", "DELETE FROM {}"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format("treatment_freeplandocument"))


def test_another_hospital_and_another_paper_are_not_found(
    alice: Client, carlos: Client, patient: Patient
) -> None:
    plan = signed(alice, patient)
    address = f"/patients/{patient.pk}/plans/free/{plan.pk}/"
    assert carlos.get(address).status_code == 404
    assert alice.get(f"{address}print/a5/").status_code == 404


@pytest.mark.parametrize("statement", ["UPDATE {} SET text = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_what_was_signed(
    alice: Client, patient: Patient, statement: str
) -> None:
    signed(alice, patient)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("treatment_freeplan"))


def test_the_database_refuses_a_second_replacement_and_an_empty_text(alice: Client, patient: Patient) -> None:
    first = signed(alice, patient)
    second = signed(alice, patient, after=first)
    for change in ({}, {"replaces": None, "version": 1, "text": ""}):
        copy = FreePlan.objects.get(pk=second.pk)
        copy.pk, copy.submission = uuid4(), uuid4()
        for name, value in change.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)
