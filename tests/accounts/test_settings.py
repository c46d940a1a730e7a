"""A hospital's own settings: bad values get sentences, a change keeps old and new value and a name."""

import pytest
from django.test import Client

from accounts.access import Access
from accounts.actions import members
from accounts.changes import changes_in
from accounts.roles import Role
from tests.accounts.test_hospital_phone import PAGE, form
from tests.personas import House


def test_the_admin_lets_only_the_care_team_open_a_record(house: House, ada: Client) -> None:
    ada.post(PAGE, form("") | {"access": "care_team"})
    house.a.refresh_from_db()
    assert house.a.access == Access.CARE_TEAM


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"time_zone": "Berlin"}, "Berlin is not a time zone; choose a name such as Europe/Berlin."),
        ({"time_zone": ""}, "Write a time zone, such as Europe/Berlin."),
        ({"access": ""}, "Choose one."),
        ({"access": "everybody"}, "everybody"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(ada: Client, typed: dict[str, str], sentence: str) -> None:
    answer = ada.post(PAGE, form("") | typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_change_is_read_with_old_and_new_value_and_who_made_it(house: House, ada: Client) -> None:
    ada.post(PAGE, form("") | {"access": "care_team", "requires_approved_content": "on"})
    found = {(one.what, one.old, one.new, one.by) for one in changes_in(house.a)}
    assert found == {
        (
            "Which records clinicians, coordinators and readers may open",
            "Every patient of the hospital",
            "Only patients on whose care team they are",
            "Ada Adler",
        ),
        (
            "No plan is signed on guideline content that is not approved and adopted here",
            "no",
            "yes",
            "Ada Adler",
        ),
    }
    assert "Only patients on whose care team they are" in ada.get("/hospital/changes/").content.decode()


def test_a_change_of_roles_is_read_too(house: House, ada: Client) -> None:
    members.set_roles(member=house.alice, roles=[Role.AUDITOR, Role.READER], by=house.ada)
    [change] = changes_in(house.a)
    assert (change.of, change.what, change.old, change.new) == (
        "Alice Amann",
        "Roles",
        "Clinician",
        "Auditor, Reader",
    )


def test_the_changes_of_another_hospital_are_not_among_them(house: House) -> None:
    house.b.phone = "12345"
    house.b.save()
    assert changes_in(house.a) == []


def test_the_second_factor_can_be_made_a_persons_choice_and_that_is_on_record(
    house: House, ada: Client
) -> None:
    values = form("")
    del values["second_factor_required"]
    ada.post(PAGE, values)
    [change] = changes_in(house.a)
    assert (change.what, change.old, change.new) == ("Everybody needs a second factor", "yes", "no")
