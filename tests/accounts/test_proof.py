"""Nobody signs without a fresh proof: what counts as one, once, and what never does."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from accounts import kept, proof
from accounts.models import User
from accounts.proof_form import ProofForm
from accounts.roles import Role
from tests.personas import PASSWORD, House, member, signed_in

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
OTHERWISE = "That was not you."


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """Codes used and attempts counted by other tests."""
    cache.clear()


@pytest.fixture
def provider(settings: Settings, house: House) -> None:
    """Alice is known to a provider."""
    settings.SINGLE_SIGN_ON = "Hospital account"
    SocialAccount.objects.create(user=house.alice.user, provider="sso", uid="1")


def posted(user: User, **fields: str) -> HttpRequest:
    request = RequestFactory().post("/plan/?step=1", fields)
    request.user = user
    request.session = import_module(django_settings.SESSION_ENGINE).SessionStore()
    return request


def prove(request: HttpRequest, now: datetime = NOW) -> tuple[bool, list[str]]:
    form = ProofForm(request.POST)
    with context.request_context(request):
        proved = form.is_valid() and proof.prove(request, form, OTHERWISE, now=now)
    return proved, form.errors.get("secret", [])


def test_nothing_given_proves_nothing(house: House) -> None:
    proved, said = prove(posted(house.alice.user))
    assert not proved
    assert "signing asks for it each time" in said[0]


def test_the_password_proves(house: House) -> None:
    assert prove(posted(house.alice.user, secret=PASSWORD)) == (True, [])


def test_an_unusable_password_is_proved_by_nothing_typed(house: House) -> None:
    user = house.alice.user
    user.set_unusable_password()
    for typed in ("", "!", user.password, PASSWORD):
        assert not prove(posted(user, secret=typed))[0]


def test_five_wrong_secrets_lock_and_the_right_one_is_no_way_in(house: House) -> None:
    for _ in range(5):
        assert prove(posted(house.alice.user, secret="wrong"))[1] == [OTHERWISE]
    assert prove(posted(house.alice.user, secret=PASSWORD))[1] == [proof.TOO_MANY]


@pytest.mark.parametrize(
    "answer", ["{}", "[]", "null", '"x"', "{", '{"id": 1}', '{"response": {}}', "[" * 20_000]
)
def test_a_made_up_answer_of_a_passkey_proves_nothing(house: House, answer: str) -> None:
    request = posted(house.alice.user, passkey=answer)
    request.session[proof.PASSKEY_ASKED] = NOW.timestamp()
    assert prove(request) == (False, [OTHERWISE])


def test_an_answer_to_a_question_nobody_asked_proves_nothing(house: House) -> None:
    assert prove(posted(house.alice.user, passkey="{}")) == (False, [OTHERWISE])


@pytest.mark.usefixtures("provider")
def test_the_provider_is_asked_and_the_form_waits_meanwhile(house: House) -> None:
    request = posted(house.alice.user, proof="provider", text="long", secret="half a password")
    with pytest.raises(ImmediateHttpResponse) as led:
        prove(request)
    assert led.value.response.headers["Location"] == "/account/kept/"
    fields = [("proof", "provider"), ("text", "long")]
    assert kept.waiting(request) == kept.Kept("/plan/?step=1", fields, asks_provider=True)


@pytest.mark.usefixtures("provider")
def test_the_word_of_the_provider_counts_once(house: House) -> None:
    request = posted(house.alice.user, proof="provider")
    request.session[proof.PROVIDER_PROVED] = NOW.timestamp()
    assert prove(request) == (True, [])
    with pytest.raises(ImmediateHttpResponse):
        prove(request)


@pytest.mark.usefixtures("provider")
def test_the_word_of_the_provider_gets_old(house: House) -> None:
    request = posted(house.alice.user, proof="provider")
    request.session[proof.PROVIDER_PROVED] = NOW.timestamp()
    assert prove(request, NOW + timedelta(seconds=proof.HOLDS))[0]
    request.session[proof.PROVIDER_PROVED] = NOW.timestamp()
    with pytest.raises(ImmediateHttpResponse):
        prove(request, NOW + timedelta(seconds=proof.HOLDS + 1))


def test_without_a_provider_its_word_is_no_way_in(house: House) -> None:
    assert prove(posted(house.alice.user, proof="provider")) == (False, [OTHERWISE])


def test_what_waits_is_dropped_for_somebody_else(house: House) -> None:
    request = posted(house.alice.user, text="for me alone")
    assert kept.keep(request)
    request.user = house.carlos.user
    assert kept.waiting(request) is None
    request.user = house.alice.user
    assert kept.waiting(request) is None


def test_what_waits_stands_nowhere_in_the_clear_and_holds_no_secret(house: House) -> None:
    request = posted(house.alice.user, text="for me alone", password1="new", csrfmiddlewaretoken="x")
    kept.keep(request)
    assert "alone" not in request.session[kept.SESSION_KEY]
    assert kept.waiting(request) == kept.Kept(
        "/plan/?step=1", [("text", "for me alone")], asks_provider=False
    )


def test_too_much_does_not_wait(house: House) -> None:
    assert not kept.keep(posted(house.alice.user, text="x" * kept.LONGEST))


@pytest.mark.parametrize("damage", ["", "gAAAAA", "x" * 50])
def test_damaged_waiting_is_nothing(house: House, damage: str) -> None:
    request = posted(house.alice.user)
    request.session[kept.SESSION_KEY] = damage
    assert kept.waiting(request) is None


def test_whoever_has_only_the_provider_is_asked_before_setting_up_a_factor(house: House) -> None:
    nina = member("Nina Neu", house.a, [Role.CLINICIAN], second_factor=False)
    nina.user.set_unusable_password()
    nina.user.save()
    for path in ("/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"):
        led: Any = signed_in(nina).get(path)
        assert led.headers["Location"].startswith("/account/reauthenticate/?next=")
