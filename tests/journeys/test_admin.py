"""A hospital's admin: a colleague leaves and their session dies; a record is opened in an emergency."""

import re
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from accounts.access import Access
from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import hospital_scope
from patients.models import Patient
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.monitoring.follow_ups.builders import planned
from tests.personas import PASSWORD, House, member, registered
from tests.teams import on_team
from tests.workflows.builders import open_draft


def test_an_admin_deactivates_a_colleague_whose_session_dies(served: Served, look: Look) -> None:
    cared_for(served.house)
    bea(served.house)
    alice = beside(look, served)
    alice.sign_in("alice@a.example", code_for=time.time())
    expect(alice.page.get_by_role("link", name="Patients", exact=True)).to_be_visible()
    look.sign_in("ada@a.example", code_for=time.time())
    look.page.get_by_role("link", name="Alice Amann").click()
    look.check("person")
    leave(look)
    hand_over_and_deactivate(look)
    look.check("person-deactivated")
    alice.page.get_by_role("link", name="Patients", exact=True).click()
    expect(alice.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    look.page.goto("/hospital/changes/")
    expect(look.page.get_by_role("cell", name="Ada Adler")).not_to_have_count(0)
    look.check("changes")
    look.page.goto("/hospital/users/")
    look.check("people-after")


def hand_over_and_deactivate(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Hand over and deactivate").click()
    expect(page.get_by_text("Responsible clinician of 1 patient")).to_be_visible()
    look.check("deactivate")
    page.get_by_role("button", name="Hand over and deactivate").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing may be left without somebody")
    look.check("deactivate-refused")
    for label in ("Responsible clinician of 1 patient", "1 draft of a treatment plan", "1 planned follow-up"):
        page.get_by_label(label).select_option(label="Bea Berg")
    page.get_by_role("button", name="Hand over and deactivate").click()
    expect(page.get_by_text("here is handed over")).to_be_visible()


def leave(look: Look) -> None:
    """A leave with cover, set for Alice and ended again by her leaving."""
    page = look.page
    page.get_by_role("link", name="Leave with cover").click()
    page.get_by_label("Who stands in").select_option(label="Bea Berg")
    page.get_by_label("Last day").fill((timezone.now() + timedelta(days=7)).date().isoformat())
    look.check("leave")
    page.get_by_role("button", name="Set the leave").click()
    expect(page.get_by_text("their reminders go to Bea Berg")).to_be_visible()


def test_a_clinician_breaks_the_glass_and_the_team_reads_why(served: Served, look: Look) -> None:
    cared_for(served.house)
    bea(served.house)
    by_care_team(look, served)
    look.sign_in("bea@a.example", code_for=time.time())
    break_the_glass(look)
    told = {address for mail in served.mails.newest() for address in mail.recipients}
    assert told == {"ada@a.example", "alice@a.example"}
    alice = beside(look, served)
    alice.sign_in("alice@a.example", code_for=time.time())
    alice.page.goto("/emergency/")
    expect(alice.page.get_by_text("Unconscious in the emergency room")).to_be_visible()
    alice.check("emergency-taken")
    page = look.page
    record = page.url
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("Your emergency access has ended.")).to_be_visible()
    page.goto(record)
    expect(page.get_by_text("Schulz")).to_have_count(0)
    ada = beside(look, served)
    ada.sign_in("ada@a.example", code_for=time.time() + 30)
    ada.page.goto("/emergency/log/")
    expect(ada.page.get_by_text("Bea Berg")).to_be_visible()
    ada.check("emergency-log")


def break_the_glass(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Patients", exact=True).click()
    expect(page.get_by_text("Schulz")).to_have_count(0)
    page.get_by_role("link", name="Emergency access").click()
    look.check("emergency")
    page.get_by_role("button", name="Open the record").click()
    look.check("emergency-refused")
    page.get_by_label("Record number").fill("A-1001")
    page.get_by_label("The patient is here as an emergency").check()
    page.get_by_label("In your words").fill("Unconscious in the emergency room")
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("complementary", name="Emergency access")).to_be_visible()
    look.check("emergency-record")


def by_care_team(look: Look, served: Served) -> None:
    """Ada closes records to everybody but the care team, and signs out."""
    ada = beside(look, served)
    ada.sign_in("ada@a.example", code_for=time.time())
    ada.page.goto("/hospital/settings/")
    ada.page.get_by_label(Access.CARE_TEAM.label).check()
    ada.check("hospital-settings")
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.page.get_by_text("Saved.")).to_be_visible()


def test_a_lost_second_factor_takes_two_and_is_enrolled_anew(served: Served, look: Look) -> None:
    with transaction.atomic():
        member("Bert Berg", served.house.a, [Role.HOSPITAL_ADMIN])
    look.sign_in("ada@a.example", code_for=time.time())
    page = look.page
    page.get_by_role("link", name="Alice Amann").click()
    page.get_by_role("button", name="They lost their second factor").click()
    expect(page.get_by_text("one has to consent")).to_be_visible()
    bert = beside(look, served)
    bert.sign_in("bert@a.example", code_for=time.time())
    bert.page.goto(mailed(served, "bert@a.example"))
    bert.check("reset-question")
    bert.page.get_by_role("button", name="I spoke with them and consent").click()
    expect(bert.page.get_by_text("The link is on its way to them.")).to_be_visible()
    alice = beside(look, served)
    alice.page.goto(mailed(served, "alice@a.example"))
    alice.page.get_by_label("Password").fill(PASSWORD)
    alice.check("reset-link")
    alice.page.get_by_role("button", name="Go on").click()
    alice.page.get_by_label("Password").fill(PASSWORD)
    alice.page.get_by_role("button", name="Confirm", exact=True).click()
    expect(alice.page.locator("#authenticator_secret")).to_be_visible()


def beside(look: Look, served: Served) -> Look:
    """Another browser, for another person."""
    browser = look.page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=served.url, locale="en-GB", timezone_id="Europe/Berlin")
    context.set_default_timeout(20_000)
    return Look(context.new_page())


def mailed(served: Served, to: str) -> str:
    """The link in the newest mail to somebody."""
    text = next(mail.body("plain") or "" for mail in served.mails.newest() if to in mail.recipients)
    found = re.search(r"http://\S+", text)
    assert found is not None, text
    return found[0]


def bea(house: House) -> Membership:
    """A second clinician."""
    with transaction.atomic():
        return member("Bea Berg", house.a, [Role.CLINICIAN])


def cared_for(house: House) -> Patient:
    """Alice's patient, with a draft and a follow-up."""
    with hospital_scope(house.a.pk, actor="test"):
        patient = registered(house.alice)
        planned(house.alice, patient=patient)
        open_draft(patient, house.alice)
        on_team(patient, house.alice)
    return patient
