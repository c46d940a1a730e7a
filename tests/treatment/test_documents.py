"""The stored documents of a plan: made at signing, given out unchanged, noted as printed."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.trail.models import AccessEvent
from guideline.edition import load_edition
from tests.personas import NOW, PASSWORD
from tests.treatment.pdf_text import pages_of, words
from tests.treatment.test_signing import make_ready
from tests.treatment.wizard_driver import Wizard
from treatment.actions import documents, plans
from treatment.documents import plan as plan_documents
from treatment.models import DocumentKind, Paper, Plan

MORE_QUERIES = 5


@pytest.fixture
def plan(wizard: Wizard) -> Plan:
    cache.clear()
    make_ready(wizard).sign(PASSWORD)
    return Plan.objects.get()


def get(client: Client, plan: Plan, key: str = "plan-a4") -> Any:
    return client.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/print/{key}/")


def test_signing_stores_plan_and_sheet_on_both_papers(plan: Plan) -> None:
    kept = plan.documents.values_list("kind", "paper", "hospital_id", "recorded_by_id")
    expected = [
        (kind, paper, plan.hospital_id, plan.signed_by_id) for kind in DocumentKind for paper in Paper
    ]
    assert sorted(kept) == sorted(expected)


@pytest.mark.parametrize("key", documents.KINDS)
def test_a_download_is_exactly_what_was_stored(alice: Client, plan: Plan, key: str) -> None:
    kind, paper = documents.KINDS[key]
    answer = get(alice, plan, key)
    assert answer.content == bytes(plan.documents.get(kind=kind, paper=paper).content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_printed_plan_holds_what_the_page_shows(alice: Client, plan: Plan) -> None:
    text = "".join(pages_of(get(alice, plan).content))
    assert words("Lenalidomide and dexamethasone") in text
    assert words("melphalan before the collection harms the stem-cell harvest") in text
    assert plan.facts_sha256 in text


def test_a_later_change_of_the_program_does_not_change_what_was_stored(
    alice: Client, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = get(alice, plan).content
    monkeypatch.setitem(plan_documents.STATUS, "preferred", "Something else")
    assert get(alice, plan).content == before


def test_the_file_name_tells_nothing_of_the_patient(alice: Client, plan: Plan) -> None:
    name = get(alice, plan).headers["Content-Disposition"]
    assert name == 'inline; filename="treatment-plan-1-version-1-a4.pdf"'


def test_a_download_is_noted_as_printed(alice: Client, plan: Plan) -> None:
    get(alice, plan)
    event = AccessEvent.objects.order_by("-at").first()
    assert event is not None
    assert (event.kind, event.address) == ("printed", "treatment:document")


def test_a_plan_older_than_stored_documents_gets_its_own_once(
    alice: Client, wizard: Wizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "keep_documents", lambda **_: None)
    make_ready(wizard).sign(PASSWORD)
    older = Plan.objects.get()
    assert not older.documents.exists()
    first, again = get(alice, older), get(alice, older)
    assert first.content == again.content
    assert older.documents.count() == len(documents.KINDS)


def test_a_plan_older_than_sheets_keeps_its_plan_and_gets_a_sheet(
    alice: Client, wizard: Wizard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "KINDS", {"plan-a4": documents.KINDS["plan-a4"]})
    make_ready(wizard).sign(PASSWORD)
    monkeypatch.undo()
    older = Plan.objects.get()
    before = set(older.documents.values_list("pk", "sha256"))
    assert words("What to watch for") in "".join(pages_of(get(alice, older, "sheet-a4").content))
    assert before < set(older.documents.values_list("pk", "sha256"))


def test_signing_freezes_the_words_of_the_sheet(plan: Plan) -> None:
    said = plan.shown["sheet"]
    assert [one["title"] for one in said["treatments"]] == [
        "Lenalidomide and dexamethasone",
        "A transplant of your own stem cells",
    ]
    assert said["days"]
    assert {item["kind"] for item in plan.follow_ups} >= {"vegf", "nerve"}


def test_the_page_of_the_plan_says_what_the_patient_is_told_and_from_which_sources(
    alice: Client, plan: Plan
) -> None:
    page = alice.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/").content.decode()
    assert "Do not give blood while you take it" in page
    assert "X-REMS" in page


def test_two_who_ask_at_once_leave_one_document(plan: Plan) -> None:
    before = set(plan.documents.values_list("pk", "sha256"))
    documents.keep_documents(
        plan=plan, patient=plan.patient, edition=load_edition(), by=plan.signed_by, now=NOW
    )
    assert set(plan.documents.values_list("pk", "sha256")) == before


def test_a_download_asks_the_database_little(alice: Client, plan: Plan) -> None:
    get(alice, plan)
    with CaptureQueriesContext(connection) as page:
        alice.get("/help/")
    with CaptureQueriesContext(connection) as download:
        get(alice, plan)
    assert len(download) <= len(page) + MORE_QUERIES


def test_a_document_that_does_not_exist_is_not_found(alice: Client, plan: Plan) -> None:
    assert get(alice, plan, "plan-a5").status_code == 404


def test_another_hospital_finds_no_document(carlos: Client, plan: Plan) -> None:
    assert get(carlos, plan).status_code == 404


def test_the_page_of_the_plan_leads_to_its_documents(alice: Client, plan: Plan) -> None:
    page = alice.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/").content.decode()
    for key in documents.KINDS:
        assert f"/print/{key}/" in page


@pytest.mark.parametrize("statement", ["UPDATE {} SET sha256 = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_a_document(plan: Plan, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("treatment_document"))


def test_the_database_refuses_bytes_that_are_not_what_the_hash_says(plan: Plan) -> None:
    document = plan.documents.first()
    assert document is not None
    document.pk, document.plan, document.sha256 = None, plan, "0" * 64
    with pytest.raises(IntegrityError, match="document_hash_is_its_own"), transaction.atomic():
        document.save(force_insert=True)
