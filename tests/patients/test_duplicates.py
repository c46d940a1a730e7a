"""Who is asked about before a new patient is registered, and who is not."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given, strategies as st

from patients.actions import identifiers
from patients.models import Identifier, Patient
from patients.queries.duplicates import likely_duplicates, one_slip_apart
from tests.personas import NOW, House, registered

TYPED = {
    "record_number": "A-9999",
    "given_name": "Maria",
    "family_name": "Schulz",
    "birth_date": date(1977, 2, 14),
    "sex": "female",
}
WORDS = st.text("abcdefgh", min_size=4, max_size=8)


def agreements(house: House, **changes: object) -> list[tuple[str, ...]]:
    """What agrees between the registered Maria Schulz, born 14 February 1977, and what is typed."""
    registered(house.alice)
    found = likely_duplicates(TYPED | changes, None, submission=uuid4(), by=house.alice)  # type: ignore[arg-type]
    return [likely.agrees for likely in found]


@pytest.mark.parametrize(
    ("changes", "agrees"),
    [
        ({}, ("same name", "same date of birth")),
        ({"given_name": "MÁRIA"}, ("same name", "same date of birth")),
        ({"family_name": "Schultz"}, ("similar name", "same date of birth")),
        ({"family_name": "Shculz"}, ("similar name", "same date of birth")),
        ({"family_name": "Schulz-Ender"}, ("similar name", "same date of birth")),
        ({"given_name": ""}, ("similar name", "same date of birth")),
        (
            {"given_name": "Schulz", "family_name": "Maria"},
            ("given and family name swapped", "same date of birth"),
        ),
        (
            {"birth_date": date(1977, 1, 1), "birth_precision": "year"},
            ("same name", "date of birth may be the same"),
        ),
        (
            {"birth_date": date(1977, 2, 1), "birth_precision": "month"},
            ("same name", "date of birth may be the same"),
        ),
        ({"birth_date": date(1978, 2, 14)}, ("same name", "date of birth differs in one place")),
        ({"record_number": "a 1001", "family_name": "Other"}, ("same record number",)),
    ],
)
def test_who_may_be_the_same_person_is_found_with_what_agrees(
    house: House, changes: dict[str, object], agrees: tuple[str, ...]
) -> None:
    assert agreements(house, **changes) == [agrees]


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": "Martha"},
        {"family_name": "Scholten"},
        {"birth_date": date(1978, 3, 14)},
        {"birth_date": date(1977, 3, 1), "birth_precision": "month"},
        {"birth_date": date(1977, 2, 15), "family_name": "Schultz"},
    ],
)
def test_a_name_or_a_birthday_alone_is_no_reason_to_ask(house: House, changes: dict[str, object]) -> None:
    assert agreements(house, **changes) == []


def test_day_and_month_swapped_are_one_slip(house: House) -> None:
    registered(house.alice, birth_date=date(1977, 2, 5))
    typed = TYPED | {"birth_date": date(1977, 5, 2)}
    [likely] = likely_duplicates(typed, None, submission=uuid4(), by=house.alice)  # type: ignore[arg-type]
    assert likely.agrees == ("same name", "date of birth differs in one place")


def test_a_number_of_another_kind_finds_its_owner(house: House) -> None:
    patient = registered(house.alice, family_name="Petersen")
    number = {
        "kind": "insurance",
        "value": "Q 123-456",
        "issuer": "",
        "valid_from": None,
        "valid_until": None,
    }
    identifiers.add(patient=patient, values=number, submission=uuid4(), by=house.alice, now=NOW)
    [likely] = likely_duplicates(
        TYPED | {"record_number": "q123456"},  # type: ignore[arg-type]
        None,
        submission=uuid4(),
        by=house.alice,
    )
    assert (likely.patient, likely.agrees) == (patient, ("same insurance number",))


def test_nobody_of_another_hospital_is_found(house: House) -> None:
    registered(house.alice)
    assert likely_duplicates(TYPED, None, submission=uuid4(), by=house.carlos) == []  # type: ignore[arg-type]


def test_whoever_the_same_form_registered_is_a_double_click(house: House) -> None:
    patient = registered(house.alice)
    found = likely_duplicates(TYPED, None, submission=patient.submission, by=house.alice)  # type: ignore[arg-type]
    assert found == []


@given(WORDS, st.integers(0, 7))
def test_a_letter_left_out_or_swapped_is_one_slip(word: str, at: int) -> None:
    place = at % (len(word) - 1)
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert one_slip_apart(word, word[:place] + word[place + 1 :])
    assert one_slip_apart(word, swapped)


@given(WORDS, WORDS)
def test_a_slip_is_the_same_read_from_either_side(one: str, other: str) -> None:
    assert one_slip_apart(one, other) == one_slip_apart(other, one)


FORM = {
    "record_number": "A-9999",
    "given_name": "Maria",
    "family_name": "Schulz",
    "birth_date": "1977",
    "sex": "female",
}


def test_a_likely_duplicate_is_shown_and_nothing_typed_is_lost(house: House, alice: Client) -> None:
    registered(house.alice)
    answer = alice.post("/patients/register/", FORM)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Agrees: same name, date of birth may be the same." in page
    assert 'value="A-9999"' in page
    assert Patient.objects.count() == 1


def test_somebody_who_was_told_apart_is_registered(house: House, alice: Client) -> None:
    first = registered(house.alice)
    alice.post("/patients/register/", FORM | {"others": str(first.pk), "is_another": "yes"})
    assert Patient.objects.count() == 2


def test_pressing_enter_again_confirms_nothing(house: House, alice: Client) -> None:
    first = registered(house.alice)
    assert alice.post("/patients/register/", FORM | {"others": str(first.pk)}).status_code == 422


def test_whoever_turns_up_after_others_were_told_apart_is_asked_about_too(
    house: House, alice: Client
) -> None:
    first = registered(house.alice)
    registered(house.alice, record_number="A-1002")
    form = FORM | {"others": str(first.pk), "is_another": "yes"}
    assert "These people may be the same person" in alice.post("/patients/register/", form).content.decode()


def test_a_double_click_is_no_duplicate(house: House, alice: Client) -> None:
    form = FORM | {"submission": str(uuid4())}
    first, second = (alice.post("/patients/register/", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]


def test_another_number_is_registered_with_the_patient(house: House, alice: Client) -> None:
    number = {"number_kind": "insurance", "number_value": "Q 1 2 3 4", "number_issuer": ""}
    alice.post("/patients/register/", FORM | number)
    assert Identifier.objects.get().value == "Q 1 2 3 4"


def test_a_number_of_somebody_else_registers_nobody(house: House, alice: Client) -> None:
    number = {"number_kind": "insurance", "number_value": "Q 1 2 3 4", "number_issuer": ""}
    alice.post("/patients/register/", FORM | number)
    first = Patient.objects.get()
    other = {"record_number": "B-1", "given_name": "Eva", "family_name": "Oster", "birth_date": "1950"}
    told = {"others": str(first.pk), "is_another": "yes"}
    page = alice.post("/patients/register/", FORM | number | other | told).content.decode()
    assert "This number belongs to Maria Schulz" in page
    assert Patient.objects.count() == 1
