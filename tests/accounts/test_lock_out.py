"""Guessing is stopped: who is locked out, what it says, and that nobody learns who has an account."""

import time

import pytest
from django.core.cache import cache
from django.test import Client

from supervisor import one_time_codes
from tests.personas import PASSWORD, TOTP_SECRET, House

WRONG = "wrong horse battery staple"
ALLOWED = 5


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """Attempts counted by other tests."""
    cache.clear()


def try_to_sign_in(email: str, password: str, client: Client | None = None) -> str:
    answer = (client or Client()).post("/account/login/", {"login": email, "password": password}, follow=True)
    return answer.content.decode()


def test_five_wrong_passwords_lock_an_address_and_say_how_long(house: House) -> None:
    for _ in range(ALLOWED):
        assert "do not belong together" in try_to_sign_in("alice@a.example", WRONG)
    page = try_to_sign_in("alice@a.example", WRONG)
    assert "For up to 15 minutes" in page
    assert "hospital&#x27;s admin" in page


def test_the_right_password_is_no_way_in_while_locked(house: House) -> None:
    for _ in range(ALLOWED):
        try_to_sign_in("alice@a.example", WRONG)
    assert "For up to 15 minutes" in try_to_sign_in("alice@a.example", PASSWORD)


def test_a_lock_holds_in_every_browser_and_for_every_spelling_of_the_address(house: House) -> None:
    for _ in range(ALLOWED):
        try_to_sign_in("Alice@A.example", WRONG)
    assert "For up to 15 minutes" in try_to_sign_in("alice@a.example", PASSWORD)


def test_a_lock_is_for_one_address_only(house: House) -> None:
    for _ in range(ALLOWED):
        try_to_sign_in("alice@a.example", WRONG)
    assert "Second factor" in try_to_sign_in("carlos@b.example", PASSWORD)


def test_an_unknown_address_is_told_the_same_in_the_same_order(house: House) -> None:
    known = [answer_of("alice@a.example") for _ in range(ALLOWED + 1)]
    unknown = [answer_of("nobody@a.example") for _ in range(ALLOWED + 1)]
    assert known == unknown


def answer_of(email: str) -> tuple[int, bool, bool]:
    answer = Client().post("/account/login/", {"login": email, "password": WRONG})
    page = answer.content.decode()
    return answer.status_code, "do not belong together" in page, "For up to 15 minutes" in page


def test_guessing_codes_is_stopped_and_the_right_code_is_no_way_in(house: House) -> None:
    client = Client()
    try_to_sign_in("alice@a.example", PASSWORD, client)
    for _ in range(ALLOWED):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    page = client.post("/account/2fa/authenticate/", {"code": code_now()}).content.decode()
    assert "For up to 15 minutes" in page
    assert client.get("/patients/").headers["Location"].startswith("/account/login/")


def test_right_passwords_do_not_count(house: House) -> None:
    for _ in range(ALLOWED + 1):
        page = try_to_sign_in("alice@a.example", PASSWORD)
    assert "Second factor" in page


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(house: House) -> None:
    answers = [
        Client().post("/account/password/reset/", {"email": email}).headers["Location"]
        for email in ("ghost@a.example", "nobody@nowhere.example")
    ]
    assert len(set(answers)) == 1


def code_now() -> str:
    return one_time_codes.code(TOTP_SECRET, now=time.time())
