"""A lost second factor takes two people of the hospital and the person's own mailbox and password."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from django.utils import timezone

from accounts.actions import resets
from accounts.models import Membership, SecondFactorReset
from accounts.roles import Role
from accounts.scope import enter_hospital
from accounts.trail.kinds import AccessKind
from accounts.trail.models import AccessEvent
from supervisor.mail_store import MailStore
from tests.personas import PASSWORD, House, member, signed_in


@pytest.fixture
def bert(house: House) -> Membership:
    """A second admin."""
    return member("Bert Berg", house.a, [Role.HOSPITAL_ADMIN])


@pytest.fixture
def reset(house: House, bert: Membership) -> SecondFactorReset:
    """Ada asks for Alice."""
    return resets.ask(member=house.alice, by=house.ada, now=timezone.now())


def link(reset: SecondFactorReset, by: Membership, mailbox: MailStore) -> str:
    """The path in the mail that a consent sends to the person."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        resets.consent(reset=reset, by=by, now=timezone.now())
    [mail] = mailbox.newest(1)
    assert mail.recipients == ("alice@a.example",)
    return "/hospital/second-factor/" + (mail.body("plain") or "").split("/second-factor/")[1].split()[0]


def test_with_consent_link_and_password_the_person_enrols_anew(
    house: House, bert: Membership, alice: Client, reset: SecondFactorReset, mailbox: MailStore
) -> None:
    where = link(reset, bert, mailbox)
    client = Client()
    answer = client.post(where, {"password": PASSWORD})
    assert answer.headers["Location"] == "/account/2fa/totp/activate/"
    assert not Authenticator.objects.filter(user=house.alice.user).exists()
    assert client.get("/patients/").headers["Location"] == "/account/2fa/totp/activate/"
    assert alice.get("/patients/").headers["Location"].startswith("/account/login/")


def test_until_the_link_is_used_the_old_factor_works(
    house: House, bert: Membership, alice: Client, reset: SecondFactorReset, mailbox: MailStore
) -> None:
    link(reset, bert, mailbox)
    assert alice.get("/patients/").status_code == 200


def test_a_link_works_once_and_for_a_day(
    house: House, bert: Membership, reset: SecondFactorReset, mailbox: MailStore
) -> None:
    where = link(reset, bert, mailbox)
    SecondFactorReset.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(where).status_code == 410
    SecondFactorReset.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    Client().post(where, {"password": PASSWORD})
    assert Client().get(where).status_code == 410


def test_a_link_without_the_password_opens_nothing(
    house: House, bert: Membership, reset: SecondFactorReset, mailbox: MailStore
) -> None:
    answer = Client().post(link(reset, bert, mailbox), {"password": "something else"})
    assert answer.status_code == 422
    assert "not your password" in answer.content.decode()
    assert Authenticator.objects.filter(user=house.alice.user).exists()


@pytest.mark.parametrize("token", ["nonsense", "ImFiYyI:1abc:xyz", "x" * 400])
def test_a_made_up_link_opens_nothing(db: None, token: str) -> None:
    assert Client().get(f"/hospital/second-factor/{token}/").status_code == 410


def test_nobody_consents_to_their_own_question(
    house: House, ada: Client, bert: Membership, reset: SecondFactorReset
) -> None:
    assert ada.get(f"/hospital/resets/{reset.pk}/").status_code == 404
    with pytest.raises(resets.ResetClosedError):
        resets.consent(reset=reset, by=house.ada, now=timezone.now())


def test_the_person_concerned_is_never_the_second(house: House, bert: Membership) -> None:
    for_bert = resets.ask(member=bert, by=house.ada, now=timezone.now()) if _lead(house) else None
    assert for_bert is not None
    with pytest.raises(resets.ResetClosedError):
        resets.consent(reset=for_bert, by=bert, now=timezone.now())


def _lead(house: House) -> bool:
    house.a.lead_clinician = house.alice.user
    house.a.save()
    house.alice.hospital = house.a
    return True


def test_where_there_is_one_admin_the_lead_clinician_consents(house: House, alice: Client) -> None:
    _lead(house)
    bea = member("Bea Berg", house.a, [Role.CLINICIAN])
    asked = resets.ask(member=bea, by=house.ada, now=timezone.now())
    alice.post(f"/hospital/resets/{asked.pk}/", {"consent": "1"})
    asked.refresh_from_db()
    assert asked.consented_by == house.alice.user


def test_where_nobody_could_consent_nothing_is_asked(house: House, ada: Client) -> None:
    with pytest.raises(resets.NobodyConsentsError):
        resets.ask(member=house.alice, by=house.ada, now=timezone.now())
    page = ada.post(f"/hospital/users/{house.alice.pk}/second-factor/", follow=True).content.decode()
    assert "Make somebody an admin first" in page


def test_nobody_asks_for_themself(house: House, bert: Membership) -> None:
    with pytest.raises(resets.NobodyConsentsError):
        resets.ask(member=house.ada, by=house.ada, now=timezone.now())


def test_an_admin_of_another_hospital_knows_nothing_of_it(
    house: House, bert: Membership, reset: SecondFactorReset
) -> None:
    berta = member("Berta Braga", house.b, [Role.HOSPITAL_ADMIN])
    assert signed_in(berta).post(f"/hospital/resets/{reset.pk}/", {"consent": "1"}).status_code == 404


def test_refused_is_refused(bert: Membership, reset: SecondFactorReset) -> None:
    resets.refuse(reset=reset, by=bert, now=timezone.now())
    with pytest.raises(resets.ResetClosedError):
        resets.consent(reset=reset, by=bert, now=timezone.now())


def test_a_question_runs_out_after_three_days(bert: Membership, reset: SecondFactorReset) -> None:
    with pytest.raises(resets.ResetClosedError):
        resets.consent(reset=reset, by=bert, now=timezone.now() + timedelta(days=3))


def test_the_database_refuses_one_person_in_both_places(house: House, reset: SecondFactorReset) -> None:
    rows = SecondFactorReset.objects.filter(pk=reset.pk)
    for second in (house.ada.user, house.alice.user):
        with pytest.raises(IntegrityError, match="reset_"), transaction.atomic():
            rows.update(consented_at=timezone.now(), consented_by=second)


def test_only_those_who_may_consent_are_asked_by_mail(
    house: House, bert: Membership, mailbox: MailStore
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        resets.ask(member=house.alice, by=house.ada, now=timezone.now())
    assert [mail.recipients for mail in mailbox.newest()] == [("bert@a.example",)]


def test_the_trail_keeps_that_the_factor_was_taken_away(
    house: House, bert: Membership, reset: SecondFactorReset, mailbox: MailStore
) -> None:
    Client().post(link(reset, bert, mailbox), {"password": PASSWORD})
    enter_hospital(house.a.pk)
    noted = AccessEvent.objects.filter(user=house.alice.user, address="accounts:use_reset")
    assert AccessKind.CREDENTIALS in noted.values_list("kind", flat=True)


def test_the_operator_helps_the_only_admin(house: House, ada: Client) -> None:
    call_command("reset_second_factor", "ADA@a.example", stdout=StringIO())
    assert ada.get("/hospital/users/").headers["Location"].startswith("/account/login/")
    assert not Authenticator.objects.filter(user=house.ada.user).exists()


def test_an_unknown_address_and_a_second_try_are_told(house: House) -> None:
    with pytest.raises(CommandError, match="Nobody signs in with this address"):
        call_command("reset_second_factor", "nobody@a.example")
    call_command("reset_second_factor", "ada@a.example", stdout=StringIO())
    with pytest.raises(CommandError, match="nothing to reset"):
        call_command("reset_second_factor", "ada@a.example")
