"""A clinician with a passkey: added, named, used to sign in alone and to confirm, removed."""

import re
import time

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import PASSWORD

SECURITY_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def authenticator(look: Look) -> tuple[CDPSession, str]:
    """A passkey device of the browser's own, and its id; it answers at once, as if a finger lay on it."""
    session = look.page.context.new_cdp_session(look.page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": SECURITY_KEY})
    return session, added["authenticatorId"]


def test_a_passkey_is_added_signs_in_alone_and_is_removed(
    served: Served, look: Look, authenticator: tuple[CDPSession, str]
) -> None:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    page.goto("/account/2fa/")
    look.check("factors-before")
    add_passkey(look, "phone of Alice")
    look.check("factors")
    sign_out(page)
    look.check("sign-in-with-passkey")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    rename_and_remove(look)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("was not accepted")).to_be_visible()


def test_a_passkey_takes_the_place_of_the_code_and_a_cancelled_one_is_told(
    served: Served, look: Look, authenticator: tuple[CDPSession, str]
) -> None:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    add_passkey(look, "phone of Alice")
    sign_out(page)
    session, number = authenticator
    session.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="cancelled or took too long")).to_be_visible()
    look.check("passkey-cancelled")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": True})
    page.get_by_label("Email").fill("alice@a.example")
    page.get_by_label(re.compile(r"^\s*Password\W*$")).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    look.check("second-factor-with-passkey")
    page.get_by_role("button", name="Use your passkey instead").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    page.goto("/account/sessions/")
    expect(page.get_by_text("This one")).to_be_visible()
    look.check("sessions")


def add_passkey(look: Look, name: str) -> None:
    page = look.page
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    look.check("confirm-yourself")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label(re.compile(r"^\s*Name")).fill(name)
    look.check("passkey-add")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(re.compile(r"/account/2fa/(recovery-codes/)?$"))
    page.goto("/account/2fa/")
    expect(page.get_by_text(name)).to_be_visible()


def rename_and_remove(look: Look) -> None:
    page = look.page
    page.goto("/account/2fa/webauthn/")
    look.check("passkeys")
    page.get_by_role("link", name="Rename phone of Alice").click()
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    page.get_by_label(re.compile(r"^\s*Name")).fill("old phone")
    look.check("passkey-rename")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove old phone").click()
    look.check("passkey-remove")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out", exact=True).last.click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
