"""An admin deactivates a colleague: counts and no names, and the colleague's session ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, Membership
from accounts.roles import Role
from accounts.scope import enter_hospital
from monitoring.follow_ups.local_days import local_day
from monitoring.reminders.models import Pause
from tests.personas import House, member, registered, signed_in
from tests.teams import on_team


@pytest.fixture
def bea(house: House) -> Membership:
    return member("Bea Berg", house.a, [Role.CLINICIAN])


@pytest.fixture
def page(house: House) -> str:
    """The page that deactivates Alice, who is responsible for a patient."""
    on_team(registered(house.alice), house.alice)
    return f"/hospital/users/{house.alice.pk}/deactivate/"


def test_the_admin_sees_how_many_and_never_who(ada: Client, page: str, bea: Membership) -> None:
    html = ada.get(page).content.decode()
    assert "Responsible clinician of 1 patient" in html
    assert not any(private in html for private in ("Maria", "Schulz", "A-1001", "1977"))


def test_the_session_of_the_deactivated_dies_at_once(
    house: House, ada: Client, alice: Client, page: str, bea: Membership
) -> None:
    assert alice.get("/patients/").status_code == 200
    ada.post(page, {"seen": "responsible:1", "responsible": bea.user_id})
    assert alice.get("/patients/").headers["Location"].startswith("/account/login/")


def test_a_session_of_before_does_not_come_back_with_the_person(
    house: House, ada: Client, alice: Client, page: str, bea: Membership
) -> None:
    ada.post(page, {"seen": "responsible:1", "responsible": bea.user_id})
    ada.post(f"/hospital/users/{house.alice.pk}/reactivate/")
    assert alice.get("/patients/").headers["Location"].startswith("/account/login/")
    assert signed_in(house.alice).get("/patients/").status_code == 200


def test_the_new_clinician_finds_the_patient_on_their_list(ada: Client, page: str, bea: Membership) -> None:
    ada.post(page, {"seen": "responsible:1", "responsible": bea.user_id})
    assert "Schulz" in signed_in(bea).get("/patients/?mine=on").content.decode()


def test_nobody_chosen_is_a_sentence_and_changes_nothing(house: House, ada: Client, page: str) -> None:
    answer = ada.post(page, {"seen": "responsible:1", "responsible": ""})
    assert answer.status_code == 422
    assert "nothing may be left without somebody" in answer.content.decode()
    house.alice.refresh_from_db()
    assert house.alice.is_active


def test_somebody_of_another_hospital_cannot_be_chosen(house: House, ada: Client, page: str) -> None:
    answer = ada.post(page, {"seen": "responsible:1", "responsible": house.carlos.user_id})
    assert "This person cannot take it over" in answer.content.decode()


def test_what_changed_meanwhile_is_told_and_the_next_click_works(
    house: House, ada: Client, page: str, bea: Membership
) -> None:
    answer = ada.post(page, {"seen": "nothing", "responsible": bea.user_id})
    assert "Now it is: responsible clinician of 1 patient" in answer.content.decode()
    again = answer.context["form"]["seen"].value()
    assert ada.post(page, {"seen": again, "responsible": bea.user_id}).status_code == 302


def test_the_list_of_people_keeps_the_deactivated(ada: Client, page: str, bea: Membership) -> None:
    ada.post(page, {"seen": "responsible:1", "responsible": bea.user_id})
    html = ada.get("/hospital/users/").content.decode()
    assert "Alice Amann" in html
    assert "Deactivated" in html


def test_a_role_that_is_needed_stays_until_it_is_handed_over(house: House, ada: Client, page: str) -> None:
    answer = ada.post(f"/hospital/users/{house.alice.pk}/", {"roles": ["coordinator"]})
    assert answer.status_code == 422
    assert "Hand it over first" in answer.content.decode()


@pytest.mark.parametrize("name", ["", "hand-over/", "deactivate/"])
def test_people_of_another_hospital_are_nobodys_business(house: House, ada: Client, name: str) -> None:
    where = f"/hospital/users/{house.carlos.pk}/{name}"
    assert ada.get(where).status_code == 404
    assert ada.post(where, {"roles": ["auditor"], "seen": "nothing"}).status_code == 404


def test_the_last_admin_cannot_demote_themselves(house: House, ada: Client) -> None:
    answer = ada.post(f"/hospital/users/{house.ada.pk}/", {"roles": ["clinician"]})
    assert "no admin left" in answer.content.decode()


def test_the_admin_signs_somebody_out_everywhere(house: House, ada: Client, alice: Client) -> None:
    page = ada.post(f"/hospital/users/{house.alice.pk}/end-sessions/", follow=True).content.decode()
    assert "1 session ended" in page
    assert alice.get("/patients/").headers["Location"].startswith("/account/login/")


def test_the_admin_sets_a_leave_with_somebody_who_stands_in(
    house: House, ada: Client, bea: Membership
) -> None:
    today = local_day(house.a, timezone.now())
    days = {"first_on": today.isoformat(), "last_on": (today + timedelta(days=7)).isoformat()}
    page = ada.post(
        f"/hospital/users/{house.alice.pk}/leave/", days | {"cover": bea.user_id}, follow=True
    ).content.decode()
    assert "their reminders go to Bea Berg" in page
    enter_hospital(house.a.pk)
    assert Pause.objects.get().recorded_by == house.ada.user


@pytest.mark.parametrize("days", [31, -1])
def test_a_leave_has_an_end_within_thirty_days(house: House, ada: Client, bea: Membership, days: int) -> None:
    today = local_day(house.a, timezone.now())
    form = {"first_on": today.isoformat(), "last_on": (today + timedelta(days=days)).isoformat()}
    answer = ada.post(f"/hospital/users/{house.alice.pk}/leave/", form | {"cover": bea.user_id})
    assert answer.status_code == 422
    enter_hospital(house.a.pk)
    assert not Pause.objects.exists()


def test_an_invitation_is_sent_again_with_a_new_link(house: House, ada: Client) -> None:
    ada.post("/hospital/users/invite/", {"email": "new@a.example", "roles": ["auditor"]})
    first = Invitation.objects.get()
    ada.post(f"/hospital/invitations/{first.pk}/resend/")
    first.refresh_from_db()
    again = Invitation.objects.get(revoked_at=None)
    assert first.revoked_by == house.ada.user
    assert (again.roles, again.token_hash == first.token_hash) == (["auditor"], False)
