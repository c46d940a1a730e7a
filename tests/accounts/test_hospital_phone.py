"""The number that patients are given: said by the admin, one that can be dialled, never lost."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.personas import House

PAGE = "/hospital/settings/"
NUMBER = "+49 30 1234-567"
OTHERS = "/Europe/Berlin/hospital/True/False"


def form(phone: str, *, seen: str = "") -> dict[str, str]:
    """The page of Ada's hospital with a number; ``seen`` is the one it was opened on."""
    return {
        "phone": phone,
        "seen": seen + OTHERS,
        "time_zone": "Europe/Berlin",
        "access": "hospital",
        "second_factor_required": "on",
    }


def test_the_admin_enters_the_number(house: House, ada: Client) -> None:
    assert "No phone number yet" in ada.get(PAGE).content.decode()
    page = ada.post(PAGE, form(f" {NUMBER} "), follow=True).content.decode()
    assert "No phone number yet" not in page
    house.a.refresh_from_db()
    assert house.a.phone == NUMBER


def test_the_list_of_people_says_that_the_number_is_missing(house: House, ada: Client) -> None:
    assert "Patients have no number to call" in ada.get("/hospital/users/").content.decode()
    ada.post(PAGE, form(NUMBER))
    assert "Patients have no number to call" not in ada.get("/hospital/users/").content.decode()


@pytest.mark.parametrize("typed", ["ask for Mary", "12", "+49 30 <b>", "030 1234 #2", "٠٣٠١٢٣٤٥", "1" * 41])
def test_what_cannot_be_dialled_is_refused_with_an_example_and_not_lost(ada: Client, typed: str) -> None:
    answer = ada.post(PAGE, form(typed))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "+49 30 1234-567" in page
    assert answer.context["form"]["phone"].value() == typed


@pytest.mark.parametrize("typed", ["030 12345", "(030) 1234/56", "+353.20.910.0000", "12345"])
def test_numbers_as_people_write_them_are_taken(ada: Client, typed: str) -> None:
    assert ada.post(PAGE, form(typed)).status_code == 302


def test_the_second_of_two_admins_is_told_what_stands_now(house: House, ada: Client) -> None:
    ada.post(PAGE, form(NUMBER))
    answer = ada.post(PAGE, form("030 99999"))
    assert answer.status_code == 422
    assert f"Now it is: Phone number for patients: {NUMBER}" in answer.content.decode()
    again = answer.context["form"]
    ada.post(PAGE, form(again["phone"].value()) | {"seen": again["seen"].value()})
    house.a.refresh_from_db()
    assert house.a.phone == "030 99999"


def test_the_same_number_twice_changes_nothing(house: House, ada: Client) -> None:
    for _ in range(2):
        assert ada.post(PAGE, form(NUMBER)).status_code == 302


def test_the_database_refuses_words(house: House) -> None:
    house.a.phone = "ask"
    with pytest.raises(IntegrityError, match="hospital_phone_can_be_dialled"), transaction.atomic():
        house.a.save()
