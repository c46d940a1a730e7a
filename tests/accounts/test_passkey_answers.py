"""Whatever comes instead of a passkey's answer gets a sentence, never an error of the server."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from tests.personas import PASSWORD, House

MADE_UP = [
    *("", "{", "{}", "[]", "null", "1", '"x"', "[" * 20_000, '{"id": "' + "A" * 5000 + '"}'),
    *(json.dumps({"id": value, "rawId": value, "response": {}}) for value in ("", "AAAA", 1, None, [], {})),
    *(
        json.dumps(
            {
                "id": "AAAA",
                "rawId": "AAAA",
                "type": "public-key",
                "response": {
                    "clientDataJSON": value,
                    "authenticatorData": value,
                    "attestationObject": value,
                    "signature": value,
                    "userHandle": value,
                },
            }
        )
        for value in ("", "AAAA", "ä", 1, None, [], {}, "A" * 400)
    ),
]


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """Attempts counted by other tests."""
    cache.clear()


@pytest.mark.parametrize("answer", MADE_UP)
def test_signing_in_by_made_up_answers_leads_back_to_the_door(db: None, answer: str) -> None:
    client = Client(raise_request_exception=False)
    client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    led = client.post("/account/2fa/webauthn/login/", {"credential": answer})
    assert (led.status_code, led.headers.get("Location")) == (302, "/account/login/")


@pytest.mark.parametrize("answer", MADE_UP)
def test_made_up_passkeys_are_not_added(house: House, alice: Client, answer: str) -> None:
    alice.raise_request_exception = False
    alice.post("/account/reauthenticate/", {"password": PASSWORD})
    alice.get("/account/2fa/webauthn/add/")
    told = alice.post("/account/2fa/webauthn/add/", {"name": "phone", "credential": answer})
    assert told.status_code == 200
    assert not house.alice.user.authenticator_set.filter(type="webauthn").exists()
