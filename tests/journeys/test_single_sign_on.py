"""Single sign-on against a real provider: who gets in, who stays out, and a plan signed by asking again."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.scope import hospital_scope
from supervisor import one_time_codes
from tests.journeys.look import Look
from tests.journeys.provider import NAME, Provider, new_provider
from tests.journeys.served import Served
from tests.personas import TOTP_SECRET, registered
from tests.provider.prepare import PASSWORD
from treatment.models import FreePlan

PEOPLE = ["alice@a.example", "stranger@a.example", "?carlos@b.example"]


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    provider = new_provider(tmp_path / "provider")
    yield provider
    provider.stop()


@pytest.fixture
def more_environment(provider: Provider) -> dict[str, str]:
    return provider.environment_of_product | {"OIDC_TRUSTED_AMR": "mfa", "CDS_ENABLED": "false"}


def test_a_clinician_without_a_password_signs_in_and_signs_by_the_provider(
    served: Served, provider: Provider, look: Look
) -> None:
    patient = without_password(served)
    provider.start(product=served.url, people=PEOPLE)
    page = look.page
    page.goto(f"/patients/{patient}/plans/")
    look.check("sign-in-with-provider")
    page.get_by_role("link", name=f"Sign in with {NAME}").click()
    at_provider(page, "alice@a.example")
    page.get_by_label("Code").fill(one_time_codes.code(TOTP_SECRET, now=time.time()))
    page.get_by_role("button", name="Sign in", exact=True).click()
    sign_by_provider(look, patient)
    with hospital_scope(served.house.a.pk, actor="test"):
        assert FreePlan.objects.get().signed_by.email == "alice@a.example"


def test_strangers_and_unproved_addresses_stay_outside_with_a_sentence(
    served: Served, provider: Provider, look: Look
) -> None:
    provider.start(product=served.url, people=PEOPLE)
    page = look.page
    for address in ("stranger@a.example", "carlos@b.example"):
        page.goto("/account/login/")
        page.get_by_role("link", name=f"Sign in with {NAME}").click()
        at_provider(page, address)
        expect(page.get_by_text("your hospital's admin invites you first")).to_be_visible()
        expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
        page.context.clear_cookies(name="provider_session")
    look.check("provider-stranger")
    assert not User.objects.filter(email="stranger@a.example").exists()


def test_a_second_factor_of_the_provider_counts_where_the_operator_trusts_it(
    served: Served, provider: Provider, look: Look
) -> None:
    provider.amr = "pwd,mfa"
    provider.start(product=served.url, people=PEOPLE)
    page = look.page
    page.goto("/account/login/")
    page.get_by_role("link", name=f"Sign in with {NAME}").click()
    at_provider(page, "alice@a.example")
    expect(page.get_by_role("navigation", name="Main")).to_be_attached()


def without_password(served: Served) -> str:
    user = served.house.alice.user
    user.set_unusable_password()
    user.save()
    with hospital_scope(served.house.a.pk, actor="test"):
        return str(registered(served.house.alice).pk)


def at_provider(page: Page, address: str) -> None:
    page.get_by_label("Email").fill(address)
    page.get_by_label(re.compile(r"^\s*Password")).fill(PASSWORD)
    page.get_by_role("button", name="Sign In").click()


def sign_by_provider(look: Look, patient: str) -> None:
    page = look.page
    page.goto(f"/patients/{patient}/plans/free/write/")
    page.get_by_label("Title").fill("Watch and wait")
    page.get_by_label("Plan", exact=True).fill("Nothing for three months.\n\nThen <see> again & decide.")
    page.get_by_label(f"Let {NAME} confirm instead").check()
    look.check("sign-by-provider")
    page.get_by_role("button", name="Sign", exact=True).click()
    look.check("kept-ask-provider")
    page.get_by_role("link", name=f"Go on to {NAME}").click()
    page.get_by_label(re.compile(r"^\s*Password")).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    look.check("kept-confirmed")
    page.get_by_role("button", name="Sign now").click()
    expect(page.get_by_text("Then <see> again & decide.")).to_be_visible()
