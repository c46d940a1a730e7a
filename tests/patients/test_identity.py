"""Registering, finding and correcting patients through the pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from patients.models import Patient
from patients.queries import latest_facts
from tests.personas import House, registered

FORM = {
    "record_number": "A-2002",
    "given_name": "Jürgen",
    "family_name": "Müller-Łukasz",
    "birth_date": "1961-05-03",
    "sex": "male",
}


def test_a_registered_patient_belongs_to_the_clinicians_hospital(house: House, alice: Client) -> None:
    alice.post("/patients/register/", FORM)
    assert Patient.objects.get().hospital == house.a


@pytest.mark.parametrize(
    "typed", ["muller", "lukasz", "MÜLLER", "jurgen muler", "a-2002", "A 2002", "a2002", "Łukasz"]
)
def test_search_forgives_accents_typing_and_case(house: House, alice: Client, typed: str) -> None:
    alice.post("/patients/register/", FORM)
    assert "Müller-Łukasz" in alice.post("/patients/", {"q": typed}).content.decode()


def test_a_number_one_digit_off_finds_nobody(house: House, alice: Client) -> None:
    alice.post("/patients/register/", FORM)
    assert "Müller-Łukasz" not in alice.post("/patients/", {"q": "A-2003"}).content.decode()


def test_a_search_without_a_match_says_so(house: House, alice: Client) -> None:
    registered(house.alice)
    assert "No patient matches" in alice.post("/patients/", {"q": "zzzzqq"}).content.decode()


def test_a_name_in_the_address_is_not_searched_for(house: House, alice: Client) -> None:
    registered(house.alice)
    assert "Schulz" in alice.get("/patients/", {"q": "zzzzqq"}).content.decode()


def test_an_empty_hospital_says_something_else(house: House, alice: Client) -> None:
    assert "No patient yet" in alice.get("/patients/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("birth_date", "2023-02-30", "30 February 2023 does not exist: that month has 28 days."),
        ("birth_date", "2999-01-01", "the latest day allowed is today"),
        ("birth_date", "1850-01-01", "The year must be 1900 or later."),
        ("birth_date", "03/05/1961", "03/05/1961 can be 5 March or 3 May; write the month as a word"),
        ("birth_date", "long ago", "give what is known, as in 14 Feb 1977, Feb 1977 or 1977"),
        ("birth_date", "2023-13-01", "names a month that does not exist"),
        ("family_name", "x" * 10_000, "at most 200 characters; this one has 10000"),
        ("family_name", "Mül\u0007ler", "invisible control characters"),
        ("record_number", "", "This field is required."),
        ("sex", "other", "Select a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence_and_saves_nothing(
    house: House, alice: Client, field: str, typed: str, sentence: str
) -> None:
    response = alice.post("/patients/register/", FORM | {field: typed})
    assert response.status_code == 422
    assert sentence in response.content.decode().replace("&#x27;", "'")
    assert Patient.objects.count() == 0


@pytest.mark.parametrize("typed", ["1977", "Feb 1977", "14 Feb 1977"])
def test_every_page_shows_of_the_birth_date_what_is_known_and_no_more(
    house: House, alice: Client, typed: str
) -> None:
    alice.post("/patients/register/", FORM | {"birth_date": typed})
    where = f"/patients/{Patient.objects.get().pk}/"
    strip = alice.get(where).content.decode().partition("Born</dt>")[2].partition("</dd>")[0]
    assert f'<span class="number">{typed}</span>' in strip
    assert f'data-label="Born" class="number">{typed}</td>' in alice.get("/patients/").content.decode()
    assert f'value="{typed}"' in alice.get(f"{where}edit/").content.decode()
    assert f"<strong>{typed}</strong>" in alice.get(f"{where}history/").content.decode()


def test_the_database_keeps_no_day_that_nobody_knows(house: House) -> None:
    with pytest.raises(IntegrityError, match="first_day_known"), transaction.atomic():
        registered(house.alice, birth_date=date(1977, 2, 14), birth_precision="year")


def test_an_age_that_may_be_either_of_two_is_no_fact(house: House) -> None:
    patient = registered(house.alice, birth_date=date(1977, 1, 1), birth_precision="year")
    assert "patient.age_years" not in latest_facts(patient, on=date(2026, 5, 1))
    assert latest_facts(patient, on=date(2026, 12, 31))["patient.age_years"].value == 49


def test_a_birth_date_corrected_to_the_day_is_one_change(house: House, alice: Client) -> None:
    patient = registered(house.alice, birth_date=date(1961, 1, 1), birth_precision="year")
    alice.post(f"/patients/{patient.pk}/edit/", FORM | {"version": "1"})
    assert (
        "1961 → <strong>3 May 1961</strong>" in alice.get(f"/patients/{patient.pk}/history/").content.decode()
    )


def test_a_number_already_given_is_refused_and_what_was_typed_stays(house: House, alice: Client) -> None:
    registered(house.alice, record_number="a-2002")
    page = alice.post("/patients/register/", FORM).content.decode()
    assert "belongs to another patient" in page
    assert "Müller-Łukasz" in page


def test_another_hospital_may_use_the_same_number(house: House, alice: Client) -> None:
    registered(house.carlos, record_number="A-2002")
    assert alice.post("/patients/register/", FORM).status_code == 302


def test_a_script_in_a_name_is_shown_as_text(house: House, alice: Client) -> None:
    patient = registered(house.alice, family_name="<script>alert(1)</script>")
    page = alice.get(f"/patients/{patient.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_double_click_registers_one_patient(house: House, alice: Client) -> None:
    twice = FORM | {"submission": str(uuid4())}
    first, second = (alice.post("/patients/register/", twice) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Patient.objects.count() == 1


def test_a_stale_form_overwrites_nothing_and_names_the_change(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    Patient.objects.filter(pk=patient.pk).update(family_name="Schulze", version=2)
    page = alice.post(f"/patients/{patient.pk}/edit/", FORM | {"version": "1"}).content.decode()
    assert "Nothing was overwritten" in page
    assert "<strong>Schulze</strong>" in page
    assert Patient.objects.get().family_name == "Schulze"


def test_page_titles_never_name_a_person(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    for page in ("", "edit/", "history/"):
        html = alice.get(f"/patients/{patient.pk}/{page}").content.decode()
        assert "Schulz" not in html.split("<title>")[1].split("</title>")[0]
