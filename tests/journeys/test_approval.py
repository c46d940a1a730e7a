"""Four eyes: one reviewer submits, another approves, an admin adopts; only there the stripe goes."""

import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Hospital
from accounts.roles import Role
from accounts.scope import hospital_scope
from patients.models import Patient
from tests.approval.editions import of_next_year
from tests.approval.reviewers import rita, sam, submit
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import PASSWORD, House, member, registered, signed_in
from tests.treatment.cases import DISSEMINATED
from tests.treatment.signed import make_ready
from tests.treatment.wizard_driver import Wizard

STRIPE = "Guideline content not approved"


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """Codes used and attempts counted by other tests."""
    cache.clear()


def come_in(look: Look, email: str, *, again: bool = False) -> Page:
    """Somebody else at the same browser; a code works once, so ``again`` takes the next."""
    look.page.context.clear_cookies()
    look.sign_in(email, code_for=time.time() + (30 if again else 0))
    look.page.goto("/")
    return look.page


def patient_of_the_case(house: House, at_b: bool = False) -> Patient:
    born = timezone.localdate().replace(month=1, day=1)
    born = born.replace(year=born.year - DISSEMINATED["patient"]["age_years"])
    with transaction.atomic():
        by = house.carlos if at_b else house.alice
        return registered(by, birth_date=born, sex=DISSEMINATED["patient"]["sex"])


def submit_it(look: Look) -> None:
    """Rita reads and submits; her own submission offers her no approval."""
    page = come_in(look, "rita@a.example")
    expect(page.get_by_role("heading", level=1)).to_have_text("Guideline content")
    look.check("approval-list-first-day")
    page.get_by_role("link", name="Open this version").click()
    look.check("approval-version-not-submitted")
    page.get_by_role("link", name="Thresholds").click()
    look.check("approval-thresholds")
    page.go_back()
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("You submitted it, so somebody else has to approve it.")).to_be_visible()
    expect(page.get_by_role("button", name="Approve version")).to_have_count(0)
    look.check("approval-version-own")


def approve_it(look: Look) -> None:
    """Sam presses the wrong button first, is told what is missing, and approves."""
    page = come_in(look, "sam@a.example")
    page.get_by_role("link", name="Open this version").click()
    page.get_by_role("button", name="Retire it").click()
    expect(page.get_by_text("Say why it is retired").first).to_be_visible()
    look.check("approval-version-refused")
    page.get_by_label("Comment").fill("Read against the sources, section by section.")
    page.get_by_role("button", name="Approve version").click()
    expect(page.get_by_text("It counts in each hospital whose admin adopts it.")).to_be_visible()


def adopt_it(look: Look) -> None:
    page = come_in(look, "ada@a.example")
    page.get_by_role("link", name="Guideline", exact=True).click()
    page.get_by_role("link", name="Open this version").click()
    look.check("approval-version-to-adopt")
    page.get_by_role("button", name="Adopt for Hospital A").click()
    expect(page.get_by_text("adopted by Ada Adler")).to_be_visible()
    look.check("approval-version-adopted")


def sign_it(look: Look, to_sign: str) -> None:
    """Alice, whose hospital has adopted it, signs without a stripe; what was signed names the approver."""
    page = come_in(look, "alice@a.example", again=True)
    page.goto(to_sign)
    expect(page.get_by_text(STRIPE)).to_have_count(0)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign").last.click()
    expect(page.get_by_text("approved by Sam Stone on").first).to_be_attached()
    expect(page.get_by_text(STRIPE)).to_have_count(0)
    look.check("approval-signed-plan")
    page.goto("/changed-advice/")
    expect(page.get_by_text("No plan reads otherwise")).to_be_visible()
    look.check("approval-advice-that-changed")


def test_content_becomes_approved_by_three_people(served: Served, look: Look, house: House) -> None:
    for make in (rita, sam):
        make(house)
    Hospital.objects.filter(pk=house.a.pk).update(requires_approved_content=True)
    ours, theirs = patient_of_the_case(house), patient_of_the_case(house, at_b=True)
    with hospital_scope(house.a.pk, actor=str(house.alice.user_id)):
        draft = make_ready(Wizard(signed_in(house.alice), ours)).draft
    to_sign = f"/patients/{ours.pk}/plans/drafts/{draft.pk}/sign/"
    submit_it(look)
    approve_it(look)
    page = come_in(look, "alice@a.example")
    page.goto(to_sign)
    expect(page.get_by_text(STRIPE)).to_be_visible()
    expect(page.get_by_text("This draft cannot be signed yet").first).to_be_visible()
    look.check("approval-not-signed-yet")

    adopt_it(look)
    page = come_in(look, "carlos@b.example")
    page.goto(f"/patients/{theirs.pk}/timeline/")
    expect(page.get_by_text(STRIPE)).to_be_visible()
    expect(page.get_by_text("not adopted by this hospital").first).to_be_visible()
    look.check("approval-stripe-at-the-other-hospital")
    sign_it(look, to_sign)


def test_what_changed_is_seen_to_the_word(served: Served, look: Look, house: House, tmp_path: Path) -> None:
    submit(rita(house))
    submit(sam(house), of_next_year(tmp_path))
    page = come_in(look, "rita@a.example")
    look.check("approval-list-two-versions")
    page.get_by_role("link", name="What changed since 2027.01").click()
    expect(page.get_by_text("added: ").first).to_be_attached()
    look.check("approval-changes")
    page.get_by_role("link", name="Version 2026.11").click()
    page.get_by_role("link", name="Statements and rules").click()
    look.check("approval-statements")
    page.go_back()
    page.get_by_role("link", name="What the article says").click()
    look.check("approval-register")


def test_whoever_holds_every_role_finds_each_place(served: Served, look: Look, house: House) -> None:
    """More places than a line has room for: the bar wraps, and no page scrolls sideways."""
    member("Max Multi", house.a, list(Role))
    page = come_in(look, "max@a.example")
    page.get_by_role("link", name="Guideline", exact=True).click()
    look.check("approval-every-role")
