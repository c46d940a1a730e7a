"""Where one is signed in: the list, ending one, ending all, and what ends them by itself."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client, RequestFactory

from accounts.presenters import device
from supervisor import one_time_codes
from tests.personas import PASSWORD, TOTP_SECRET, House

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """Codes used and attempts counted by other tests."""
    cache.clear()


def browser_of(email: str, *, user_agent: str = FIREFOX) -> Client:
    """A browser in which the person signed in as people do; each time the code counts as unused."""
    client = Client(headers={"User-Agent": user_agent})
    client.post("/account/login/", {"login": email, "password": PASSWORD})
    cache.clear()
    client.post("/account/2fa/authenticate/", {"code": one_time_codes.code(TOTP_SECRET, now=time.time())})
    return client


def is_in(client: Client) -> bool:
    return client.get("/patients/").status_code == 200


def test_signing_in_changes_the_key_of_the_session(house: House) -> None:
    client = Client()
    client.get("/account/login/")
    client.post("/account/login/", {"login": "alice@a.example", "password": PASSWORD})
    before = client.session.session_key
    client.post("/account/2fa/authenticate/", {"code": one_time_codes.code(TOTP_SECRET, now=time.time())})
    assert is_in(client)
    assert client.session.session_key != before


def test_a_key_planted_before_sign_in_opens_nothing(house: House) -> None:
    victim = Client()
    victim.post("/account/login/", {"login": "alice@a.example", "password": PASSWORD})
    planted = Client()
    planted.cookies["session"] = victim.session.session_key
    victim.post("/account/2fa/authenticate/", {"code": one_time_codes.code(TOTP_SECRET, now=time.time())})
    assert is_in(victim)
    assert not is_in(planted)


def test_the_page_names_browser_system_and_which_is_this_one(house: House) -> None:
    page = browser_of("alice@a.example").get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "This one" in page
    assert "127.0.0.1" in page


def test_one_session_is_ended_and_this_one_goes_on(house: House) -> None:
    other, here = browser_of("alice@a.example"), browser_of("alice@a.example")
    row = UserSession.objects.get(session_key=other.session.session_key)
    here.post(f"/account/sessions/{row.pk}/end/")
    assert (is_in(other), is_in(here)) == (False, True)


def test_ending_this_session_is_signing_out(house: House) -> None:
    here = browser_of("alice@a.example")
    row = UserSession.objects.get(session_key=here.session.session_key)
    assert here.post(f"/account/sessions/{row.pk}/end/").headers["Location"] == "/account/login/"
    assert not is_in(here)


def test_nobody_ends_the_session_of_somebody_else(house: House) -> None:
    other, here = browser_of("carlos@b.example"), browser_of("alice@a.example")
    row = UserSession.objects.get(session_key=other.session.session_key)
    assert here.post(f"/account/sessions/{row.pk}/end/").status_code == 404
    assert is_in(other)


def test_signing_out_everywhere_ends_this_one_too(house: House) -> None:
    other, here = browser_of("alice@a.example"), browser_of("alice@a.example")
    here.post("/account/sessions/end-every/")
    assert (is_in(other), is_in(here)) == (False, False)


def test_a_new_password_ends_the_other_sessions(house: House) -> None:
    other, here = browser_of("alice@a.example"), browser_of("alice@a.example")
    new = "an orchid in the rain"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(other), is_in(here)) == (False, True)


def test_a_changed_factor_ends_the_other_sessions(house: House) -> None:
    other, here = browser_of("alice@a.example"), browser_of("alice@a.example")
    request = RequestFactory().get("/")
    request.session = here.session
    authenticator_removed.send(
        sender=Authenticator, request=request, user=house.alice.user, authenticator=Authenticator()
    )
    assert (is_in(other), is_in(here)) == (False, True)


def test_signing_out_ends_the_other_tabs_at_their_next_click(house: House) -> None:
    tab = browser_of("alice@a.example")
    other_tab = Client()
    other_tab.cookies = tab.cookies.copy()
    assert is_in(other_tab)
    tab.post("/account/logout/")
    assert not is_in(other_tab)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/153.0 Safari/537.36 Edg/153.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; like Mac OS X) Version/19.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16) Chrome/153.0 Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_words(user_agent: str, words: str) -> None:
    assert device(user_agent) == words
