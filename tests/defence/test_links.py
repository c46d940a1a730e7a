"""Links that open something without a password: random, for one purpose, for a short time, once."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.actions import invitations
from accounts.models import Invitation
from accounts.roles import Role
from supervisor.mail_store import MailStore
from tests.personas import PASSWORD, House

NEW = "a kettle on the blue stove"


def reset_link(house: House, mailbox: MailStore, who: str = "alice") -> str:
    """The path in the mail."""
    cache.clear()
    person = getattr(house, who).user
    Client().post("/account/password/reset/", {"email": person.email})
    text = mailbox.newest()[0].body("plain") or ""
    return "/account/password/reset/key/" + text.split("/account/password/reset/key/")[1].split()[0]


def can_set_a_password(path: str) -> bool:
    """Whether the link leads to the form; it hides its key in the session first."""
    client = Client()
    answer = client.get(path)
    if answer.status_code != 302:
        return False
    form = {"password1": NEW, "password2": NEW}
    return client.post(answer.headers["Location"], form).status_code == 302


def test_a_link_of_a_reset_sets_a_password(house: House, mailbox: MailStore) -> None:
    assert can_set_a_password(reset_link(house, mailbox))
    house.alice.user.refresh_from_db()
    assert house.alice.user.check_password(NEW)


def test_it_works_once(house: House, mailbox: MailStore) -> None:
    link = reset_link(house, mailbox)
    assert can_set_a_password(link)
    assert not can_set_a_password(link)


def test_it_works_for_an_hour(house: House, mailbox: MailStore, settings) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 60 * 60
    link = reset_link(house, mailbox)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not can_set_a_password(link)


def test_it_works_for_nobody_else(house: House, mailbox: MailStore) -> None:
    alices = reset_link(house, mailbox).rstrip("/")
    carlos = reset_link(house, mailbox, "carlos").rstrip("/")
    owner, _, _ = carlos.rpartition("/")[2].partition("-")
    _, _, key = alices.rpartition("/")[2].partition("-")
    assert not can_set_a_password(f"/account/password/reset/key/{owner}-{key}/")


@pytest.mark.parametrize("place", [0, 5, 12, -2])
def test_one_other_letter_and_it_opens_nothing(house: House, mailbox: MailStore, place: int) -> None:
    link = reset_link(house, mailbox).rstrip("/")
    head, _, key = link.rpartition("-")
    letters = list(key)
    letters[place] = "a" if letters[place] != "a" else "b"
    assert not can_set_a_password(f"{head}-{''.join(letters)}/")


def test_whether_an_address_has_an_account_is_not_told(house: House, mailbox: MailStore) -> None:
    pages = []
    for email in (house.alice.user.email, "nobody@a.example"):
        cache.clear()
        answer = Client().post("/account/password/reset/", {"email": email}, follow=True)
        pages.append((answer.status_code, answer.redirect_chain))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("email", ["alice@a.example", "nobody@a.example"])
def test_a_mail_server_that_is_down_tells_nobody_who_has_an_account(
    house: House, settings, email: str
) -> None:
    cache.clear()
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    answer = Client().post("/account/password/reset/", {"email": email}, follow=True)
    assert answer.status_code == 200
    assert "If that address belongs to an account" in answer.content.decode()


@pytest.mark.parametrize(
    "change", [str.upper, str.lower, lambda token: token[:-1], lambda token: token + "A"]
)
def test_an_invitation_that_was_changed_opens_nothing(house: House, monkeypatch, change) -> None:
    token = "aB3-" + "xY9_" * 10
    monkeypatch.setattr("accounts.actions.invitations.secrets.token_urlsafe", lambda size: token)
    invitations.invite(by=house.ada, email="new@a.example", roles=[Role.CLINICIAN], now=timezone.now())
    assert Client().get(f"/hospital/join/{token}/").status_code == 200
    assert Client().get(f"/hospital/join/{change(token)}/").status_code == 410


def test_an_invitation_is_long_random_and_kept_as_a_hash_only(house: House) -> None:
    now = timezone.now()
    kept = {
        invitations.invite(by=house.ada, email=f"{name}@a.example", roles=[Role.AUDITOR], now=now).token_hash
        for name in ("one", "two")
    }
    assert len(kept) == 2
    assert all(len(digest) == 64 for digest in kept)
    assert Invitation.objects.first().expires_at == now + timedelta(days=7)


@pytest.mark.parametrize("old", ["", "something else entirely"])
def test_a_new_password_needs_the_old_one(house: House, alice: Client, old: str) -> None:
    form = {"oldpassword": old, "password1": NEW, "password2": NEW}
    alice.post("/account/password/change/", form)
    house.alice.user.refresh_from_db()
    assert house.alice.user.check_password(PASSWORD)


@pytest.mark.parametrize(
    "typed", ["  spaces at both ends  ", "ÄÖ漢字🧬" * 3, "x" * 80 + "Y", "aaaa bbbb cccc dddd"]
)
def test_a_password_of_any_signs_is_kept_as_typed(house: House, alice: Client, typed: str) -> None:
    form = {"oldpassword": PASSWORD, "password1": typed, "password2": typed}
    assert alice.post("/account/password/change/", form).status_code == 302
    house.alice.user.refresh_from_db()
    assert house.alice.user.check_password(typed)
    assert not house.alice.user.check_password(typed[:-1])
    assert not house.alice.user.check_password(typed.strip() + "!")
