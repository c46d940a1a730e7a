"""A clinician whose only key is a passkey: signs in with it, and signs a plan with it."""

import time

import pytest
from playwright.sync_api import expect

from accounts.scope import hospital_scope
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.journeys.test_passkey import SECURITY_KEY, add_passkey, sign_out
from tests.personas import registered
from treatment.models import FreePlan


@pytest.fixture
def more_environment() -> dict[str, str]:
    return {"CDS_ENABLED": "false"}


def test_a_plan_is_signed_with_a_passkey_alone(served: Served, look: Look) -> None:
    page = look.page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": SECURITY_KEY})
    look.sign_in("alice@a.example", code_for=time.time())
    add_passkey(look, "phone of Alice")
    sign_out(page)
    patient = forget_every_other_key(served)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_attached()
    page.goto(f"/patients/{patient}/plans/free/write/")
    page.get_by_label("Title").fill("Watch and wait")
    page.get_by_label("Plan", exact=True).fill("Nothing for three months.")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("signing asks for it each time").first).to_be_visible()
    look.check("sign-by-passkey")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("Signed. It stands as it is")).to_be_visible()
    with hospital_scope(served.house.a.pk, actor="test"):
        assert FreePlan.objects.get().signed_by.email == "alice@a.example"


def forget_every_other_key(served: Served) -> str:
    """Alice without password, app and recovery codes; a patient of hers to plan for."""
    user = served.house.alice.user
    user.set_unusable_password()
    user.save()
    user.authenticator_set.exclude(type="webauthn").delete()
    with hospital_scope(served.house.a.pk, actor="test"):
        return str(registered(served.house.alice).pk)
