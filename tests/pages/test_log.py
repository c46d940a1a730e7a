"""The hospital's log and who looked at a patient: plain words, filters, pages, and who sees what."""

import csv
import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from accounts.apps import view_names
from accounts.permissions import POLICY, Permission
from accounts.roles import Role
from accounts.scope import enter_hospital
from accounts.trail.kinds import AccessKind, ActorKind
from accounts.trail.models import AccessEvent
from accounts.trail.queries import PAGE_SIZE
from accounts.trail.writing import Entry, write
from patients.models import Patient
from poems_site.pages.log.words import WORDS
from tests.personas import NOW, House, member, registered, signed_in

UNPROCESSABLE = 422
MOST_QUERIES_OF_THE_LOG = 16


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def otto(house: House) -> Client:
    """The auditor of hospital A."""
    return signed_in(member("Otto Ohm", house.a, [Role.AUDITOR]))


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def looked(house: House, patient: Patient, *, times: int = 1, **more: object) -> None:
    entry = Entry(
        at=NOW,
        hospital_id=house.a.pk,
        actor_kind=ActorKind.PERSON,
        user_id=house.alice.user_id,
        kind=AccessKind.VIEWED,
        patient_id=patient.pk,
        address="results:list",
    )
    write([Entry(**{**vars(entry), **more})] * times)  # type: ignore[arg-type]


def about_one_patient(name: str) -> bool:
    namespace, _, local = name.rpartition(":")
    resolver = get_resolver()
    outer = ""
    if namespace:
        outer, resolver = resolver.namespace_dict[namespace]
    return "patient_id" in outer or any(
        "patient_id" in way[0][0][1] for way in resolver.reverse_dict.getlist(local)
    )


def test_every_address_about_a_patient_has_words() -> None:
    names = [name for name in set(view_names(get_resolver())) if isinstance(POLICY.get(name), Permission)]
    silent = sorted(name for name in names if name not in WORDS and about_one_patient(name))
    assert silent == [], "say in poems_site/pages/log/words.py what opening it is called"


def test_no_words_are_left_of_an_address_that_is_gone() -> None:
    assert sorted(WORDS.keys() - set(view_names(get_resolver()))) == []


def test_who_looked_is_told_in_words(alice: Client, patient: Patient) -> None:
    alice.get(f"/patients/{patient.pk}/results/")
    alice.get(f"/patients/{patient.pk}/timeline/")
    page = text_of(alice, f"/patients/{patient.pk}/history/views/")
    assert "looked at the results" in page
    assert "opened the timeline" in page


def test_a_page_opened_again_and_again_stands_once(house: House, alice: Client, patient: Patient) -> None:
    looked(house, patient, times=4)
    page = text_of(alice, f"/patients/{patient.pk}/history/views/")
    assert page.count("looked at the results") == 1
    assert "4 times" in page


def test_an_emergency_access_is_marked(house: House, alice: Client, patient: Patient) -> None:
    looked(house, patient, grant_id=uuid4())
    assert "Emergency access" in text_of(alice, f"/patients/{patient.pk}/history/views/")


def test_who_looked_is_narrowed_to_days(house: House, alice: Client, patient: Patient) -> None:
    looked(house, patient)
    address = f"/patients/{patient.pk}/history/views/"
    assert "looked at the results" in text_of(alice, f"{address}?first=2026-05-01&last=2026-05-01")
    assert "looked at the results" not in text_of(alice, f"{address}?first=2026-05-02&last=2026-05-02")


def test_who_looked_is_narrowed_to_a_person(house: House, alice: Client, patient: Patient) -> None:
    looked(house, patient)
    other = member("Bea Braun", house.a, [Role.CLINICIAN])
    signed_in(other).get(f"/patients/{patient.pk}/timeline/")
    page = text_of(alice, f"/patients/{patient.pk}/history/views/?person={other.user_id}")
    assert "opened the timeline" in page
    assert "looked at the results" not in page


@pytest.mark.parametrize(
    "asked", ["person=nobody", "first=soon", "after=x", "after=2026-13-01~1", "last=2026-99"]
)
def test_nonsense_in_the_address_is_no_error(alice: Client, patient: Patient, asked: str) -> None:
    assert alice.get(f"/patients/{patient.pk}/history/views/?{asked}").status_code == 200


def test_pages_hold_every_row_once_also_at_one_moment(house: House, otto: Client, patient: Patient) -> None:
    looked(house, patient, times=PAGE_SIZE + 3)
    first = otto.get("/hospital/log/")
    second = otto.get("/hospital/log/" + first.context["older_url"])
    assert len(first.context["lines"]) == PAGE_SIZE
    assert [line.what for line in second.context["lines"]].count("looked at the results") == 3
    assert second.context["older_url"] == ""


def test_an_auditor_sees_the_record_number_and_no_name(house: House, otto: Client, patient: Patient) -> None:
    looked(house, patient)
    page = text_of(otto, "/hospital/log/")
    assert "A-1001" in page
    assert "Schulz" not in page


def test_an_admin_sees_a_reference_only(house: House, ada: Client, patient: Patient) -> None:
    looked(house, patient)
    page = text_of(ada, "/hospital/log/")
    assert f"ref. {str(patient.pk)[:8]}" in page
    assert "A-1001" not in page
    assert "Schulz" not in page
    assert "Record number" not in page
    assert "results" not in page
    assert "looked at a patient&#x27;s record" in page


def test_a_number_is_posted_and_becomes_an_opaque_id(house: House, otto: Client, patient: Patient) -> None:
    looked(house, patient)
    other = registered(house.alice, record_number="A-2002")
    looked(house, other, address="course:timeline")
    answer = otto.post("/hospital/log/", {"number": "a-1001"})
    assert str(patient.pk) in answer.headers["Location"]
    assert "1001" not in answer.headers["Location"].replace(str(patient.pk), "")
    lines = otto.get(answer.headers["Location"]).context["lines"]
    assert {line.record for line in lines} == {"A-1001"}


def test_a_number_nobody_has_says_so_and_keeps_what_was_typed(otto: Client, patient: Patient) -> None:
    answer = otto.post("/hospital/log/", {"number": "A-9999"})
    assert answer.status_code == UNPROCESSABLE
    assert "No record of this hospital has this number." in answer.content.decode()
    assert 'value="A-9999"' in answer.content.decode()


def test_an_admin_who_posts_a_number_learns_nothing(ada: Client, patient: Patient) -> None:
    assert ada.post("/hospital/log/", {"number": "A-1001"}).headers["Location"] == "/hospital/log/?"


def test_refused_only_and_emergency_only_narrow(house: House, otto: Client, patient: Patient) -> None:
    looked(house, patient)
    looked(house, patient, kind=AccessKind.DENIED, status=404)
    looked(house, patient, grant_id=uuid4())
    assert [line.trouble for line in otto.get("/hospital/log/?refused=on").context["lines"]] == ["Refused"]
    assert [line.is_emergency for line in otto.get("/hospital/log/?emergency=on").context["lines"]] == [True]


def test_the_log_shows_nothing_of_another_hospital(house: House, otto: Client, carlos: Client) -> None:
    carlos.get("/patients/")
    assert otto.get("/hospital/log/").context["lines"] == []


def test_reading_the_log_is_in_the_log(house: House, otto: Client) -> None:
    otto.get("/hospital/log/")
    assert "looked at this log (0 shown)" in [
        line.what for line in otto.get("/hospital/log/").context["lines"]
    ]


def test_whoever_left_stays_in_the_log_and_in_its_filter(house: House, ada: Client, patient: Patient) -> None:
    looked(house, patient)
    house.alice.is_active = False
    house.alice.save()
    page = ada.get(f"/hospital/log/?person={house.alice.user_id}")
    assert {line.who for line in page.context["lines"]} == {"Alice Amann"}
    assert "Alice Amann (left)" in page.content.decode()


def test_the_export_is_noted_and_says_the_same(house: House, otto: Client, patient: Patient) -> None:
    looked(house, patient)
    answer = otto.post("/hospital/log/export/?kind=viewed").content.decode("utf-8-sig")
    headers, line = list(csv.reader(io.StringIO(answer)))
    assert headers[:3] == ["Time (UTC)", "Who", "What"]
    assert line[:5] == ["2026-05-01 09:00:00", "Alice Amann", "looked at the results", "Viewed", "A-1001"]
    enter_hospital(house.a.pk)
    assert AccessEvent.objects.get(kind="exported").shown == 1


def test_an_export_with_a_filter_that_is_wrong_exports_nothing(house: House, otto: Client) -> None:
    answer = otto.post("/hospital/log/export/?first=soon")
    assert answer.headers["Location"] == "/hospital/log/?first=soon"
    assert "Write the day as in 2026-05-31" in text_of(otto, "/hospital/log/?first=soon")


def test_a_name_that_is_a_formula_stays_text_in_the_export(house: House, otto: Client) -> None:
    evil = member("=HYPERLINK(1)", house.a, [Role.CLINICIAN])
    signed_in(evil).get("/patients/")
    answer = otto.post("/hospital/log/export/").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in answer
    assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(answer)) for cell in row)


@pytest.mark.parametrize("rows", [1, PAGE_SIZE])
def test_a_page_of_the_log_takes_the_same_queries_however_long(
    house: House, otto: Client, patient: Patient, rows: int
) -> None:
    looked(house, patient, times=rows)
    with CaptureQueriesContext(connection) as queries:
        otto.get("/hospital/log/")
    assert len(queries) <= MOST_QUERIES_OF_THE_LOG
