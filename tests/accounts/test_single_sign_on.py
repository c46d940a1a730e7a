"""What the provider's word is worth, and that it is nobody's but the environment's."""

from typing import Any

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from accounts import single_sign_on
from accounts.actions import invitations
from accounts.models import User
from accounts.roles import Role
from poems_site import single_sign_on as environment
from tests.personas import NOW, House

ASKED = 1_000_000.0


@pytest.mark.parametrize(
    ("claims", "fresh"),
    [
        ({"auth_time": ASKED + 5}, True),
        ({"auth_time": ASKED - single_sign_on.CLOCKS_DIFFER}, True),
        ({"auth_time": ASKED - single_sign_on.CLOCKS_DIFFER - 1}, False),
        ({}, False),
        ({"auth_time": None}, False),
        ({"auth_time": "1000005"}, False),
    ],
)
def test_the_provider_has_to_say_that_it_asked_just_now(claims: dict[str, Any], fresh: bool) -> None:
    assert single_sign_on.is_fresh(claims, asked_at=ASKED) is fresh


@pytest.mark.parametrize(
    ("claims", "vouched"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "gold"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({"acr": ""}, False),
        ({}, False),
    ],
)
def test_a_second_factor_counts_in_the_words_the_operator_trusts(
    settings: Settings, claims: dict[str, Any], vouched: bool
) -> None:
    settings.SINGLE_SIGN_ON_TRUSTED_AMR, settings.SINGLE_SIGN_ON_TRUSTED_ACR = ["mfa"], ["gold"]
    assert single_sign_on.vouches_for_second_factor(claims) is vouched


def test_by_default_no_word_is_trusted() -> None:
    assert not single_sign_on.vouches_for_second_factor({"amr": ["mfa"], "acr": "gold"})


def test_without_a_provider_there_is_no_button_and_no_way(db: None) -> None:
    assert "/account/sso/" not in Client().get("/account/login/").content.decode()
    assert Client().get("/account/sso/").headers["Location"] == "/account/login/"


def test_a_provider_in_the_database_is_not_asked(db: None) -> None:
    SocialApp.objects.create(provider="openid_connect", provider_id="sso", name="x", client_id="x")
    assert get_adapter().list_apps(None) == []


@pytest.mark.parametrize("path", ["oidc/sso/login/", "3rdparty/", "3rdparty/signup/", "social/signup/"])
def test_the_ways_of_the_library_past_our_own_are_closed(alice: Client, path: str) -> None:
    assert alice.get(f"/account/{path}").status_code == 403
    assert alice.post(f"/account/{path}", {"process": "connect"}).status_code == 403


def test_a_callback_nobody_began_changes_nothing(db: None, settings: Settings) -> None:
    app = {
        "provider_id": "sso",
        "name": "x",
        "client_id": "x",
        "secret": "x",
        "settings": {"server_url": "x"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    answer = Client().get("/account/oidc/sso/login/callback/?code=1&state=made-up")
    assert answer.headers["Location"] == "/account/login/"


def test_an_issuer_without_tls_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ISSUER", "http://sso.hospital.example")
    with pytest.raises(ImproperlyConfigured, match="must start with https"):
        environment.providers()


def test_no_issuer_is_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OIDC_ISSUER", raising=False)
    assert (environment.providers(), environment.name()) == ({}, "")


def test_whoever_has_no_password_gets_none_by_mail(house: House) -> None:
    user = house.alice.user
    user.set_unusable_password()
    user.save()
    answer = Client().post("/account/password/reset/", {"email": user.email})
    assert answer.headers["Location"] == "/account/password/reset/done/"  # and no mail server was asked


def test_an_invitation_is_accepted_without_a_password_where_there_is_a_provider(
    house: House, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SINGLE_SIGN_ON = "Hospital account"
    monkeypatch.setattr("secrets.token_urlsafe", lambda size: "token")
    invitations.invite(
        by=house.ada, email="bea@a.example", roles=[Role.CLINICIAN], now=NOW.replace(year=2099)
    )
    answer = Client().post("/hospital/join/token/", {"full_name": "Bea Berg", "by_provider": "yes"})
    assert answer.headers["Location"] == "/account/sso/"
    assert not User.objects.get(email="bea@a.example").has_usable_password()
