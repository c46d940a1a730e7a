"""A person of two hospitals works in one at a time."""

import pytest
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from tests.personas import House, registered


@pytest.fixture
def alice_of_both(house: House, alice: Client) -> Client:
    Membership.objects.create(user=house.alice.user, hospital=house.b, roles=[Role.CLINICIAN])
    return alice


def test_the_chosen_hospital_is_the_one_whose_patients_are_shown(house: House, alice_of_both: Client) -> None:
    registered(house.carlos, family_name="Ferreira")
    assert "Ferreira" not in alice_of_both.get("/patients/").content.decode()
    alice_of_both.post("/hospital/switch/", {"hospital": house.b.pk})
    assert "Ferreira" in alice_of_both.get("/patients/").content.decode()


def test_roles_count_only_in_the_hospital_that_gave_them(house: House, alice: Client) -> None:
    Membership.objects.create(user=house.alice.user, hospital=house.b, roles=[Role.AUDITOR])
    alice.post("/hospital/switch/", {"hospital": house.b.pk})
    assert alice.get("/patients/").status_code == 403


@pytest.mark.parametrize("wanted", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_hospital_that_is_not_the_persons_own_changes_nothing(
    house: House, alice: Client, wanted: str
) -> None:
    page = alice.post("/hospital/switch/", {"hospital": wanted}, follow=True).content.decode()
    assert "not among yours" in page
    assert "Hospital A" in page


def test_a_person_without_a_hospital_gets_a_page_that_says_so(house: House, alice: Client) -> None:
    Membership.objects.filter(user=house.alice.user).update(is_active=False)
    assert "belong to no hospital" in alice.get("/").content.decode()
