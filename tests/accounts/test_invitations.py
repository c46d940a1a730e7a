"""Inviting a colleague, from the admin's form to the first sign-in."""

from datetime import timedelta

import pytest
from django.test import Client, TestCase
from django.utils import timezone

from accounts.actions import invitations, members
from accounts.models import Invitation, Membership, User
from accounts.roles import Role
from supervisor.mail_store import MailStore
from tests.personas import PASSWORD, House

ANSWER = {
    "full_name": "Bea Berg",
    "password": "an orchid in the rain",
    "password_again": "an orchid in the rain",
}


def invited(house: House, mailbox: MailStore, email: str = "bea@a.example") -> str:
    """The path in the mail that Ada's invitation sent."""
    now = timezone.now()
    with TestCase.captureOnCommitCallbacks(execute=True):
        invitations.invite(by=house.ada, email=email, roles=[Role.CLINICIAN], now=now)
    text = mailbox.newest()[0].body("plain") or ""
    return "/hospital/join/" + text.split("/hospital/join/")[1].split()[0]


def test_an_accepted_invitation_makes_a_member_with_the_roles(house: House, mailbox: MailStore) -> None:
    Client().post(invited(house, mailbox), ANSWER)
    assert Membership.objects.get(user__email="bea@a.example").roles == ["clinician"]


def test_a_new_member_is_signed_in_and_sent_to_enrol_a_second_factor(
    house: House, mailbox: MailStore
) -> None:
    client = Client()
    client.post(invited(house, mailbox), ANSWER)
    assert client.get("/patients/").headers["Location"] == "/account/2fa/totp/activate/"


def test_a_link_works_only_once(house: House, mailbox: MailStore) -> None:
    link = invited(house, mailbox)
    Client().post(link, ANSWER)
    assert Client().post(link, ANSWER).status_code == 410


def test_a_link_stops_working_after_seven_days(house: House, mailbox: MailStore) -> None:
    link = invited(house, mailbox)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 410


def test_a_second_invitation_replaces_the_first(house: House, mailbox: MailStore) -> None:
    first = invited(house, mailbox)
    invited(house, mailbox, "BEA@a.example")
    assert Client().get(first).status_code == 410


def test_a_member_cannot_be_invited_again(house: House, ada: Client) -> None:
    response = ada.post("/hospital/users/invite/", {"email": "alice@a.example", "roles": ["auditor"]})
    assert "already works here" in response.content.decode()


def test_a_person_of_two_hospitals_keeps_their_password(house: House, mailbox: MailStore) -> None:
    Client().post(invited(house, mailbox, "carlos@b.example"), {})
    carlos = User.objects.get(email="carlos@b.example")
    assert carlos.check_password(PASSWORD)
    assert carlos.memberships.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"password_again": "something else entirely"}, "The two passwords differ"),
        ({"password": "short", "password_again": "short"}, "at least 12 characters"),
        ({"password": "password1234", "password_again": "password1234"}, "too common"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused(
    house: House, mailbox: MailStore, change: dict[str, str], sentence: str
) -> None:
    assert sentence in Client().post(invited(house, mailbox), ANSWER | change).content.decode()


def test_the_mail_names_no_disease(house: House, mailbox: MailStore) -> None:
    invited(house, mailbox)
    sent = mailbox.newest()[0]
    text = (sent.subject + (sent.body("plain") or "")).lower()
    assert not any(word in text for word in ("poems", "syndrome", "patient", "neuropathy"))


def test_the_last_admin_cannot_leave(house: House) -> None:
    with pytest.raises(members.LastAdminError):
        members.set_roles(member=house.ada, roles=[Role.AUDITOR], by=house.ada)


def test_an_admin_cannot_touch_people_of_another_hospital(house: House, ada: Client) -> None:
    assert ada.get(f"/hospital/users/{house.carlos.pk}/").status_code == 404
