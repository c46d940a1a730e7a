"""A hospital's first day: a patient registered and found, a colleague invited, an admin kept out."""

import re
import time

from playwright.sync_api import Page, expect

from supervisor import one_time_codes
from tests.journeys.look import Look
from tests.journeys.served import Served

NEW_PASSWORD = "an orchid in the rain"


def test_a_clinician_registers_finds_and_corrects_a_patient(served: Served, look: Look) -> None:
    page = look.page
    page.goto("/")
    look.check("sign-in")
    look.sign_in("alice@a.example", code_for=time.time())
    look.check("patients-empty")
    register(page)
    look.check("patient-overview")
    page.get_by_role("link", name="Patients", exact=True).click()
    page.get_by_role("searchbox").press_sequentially("muller")
    expect(page.get_by_role("link", name="Jürgen Müller-Łukasz")).to_be_visible()
    look.check("patients-found")
    page.get_by_role("link", name="Jürgen Müller-Łukasz").click()
    page.get_by_role("link", name="Correct identity").click()
    page.get_by_label("Given name").fill("Jürgen Karl")
    look.check("patient-edit")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("Jürgen → Jürgen Karl")).to_be_visible()
    look.check("patient-history")
    page.get_by_role("link", name="Who looked").click()
    expect(page.get_by_role("cell", name=re.compile("looked at", re.IGNORECASE))).not_to_have_count(0)
    look.check("patient-looks")


def test_an_impossible_date_loses_nothing(served: Served, look: Look) -> None:
    look.sign_in("alice@a.example", code_for=time.time())
    page = look.page
    page.goto("/patients/register/")
    page.get_by_label("Record number").fill("A-1")
    page.get_by_label("Family name").fill("Müller")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_contain_text("Date of birth")
    expect(page.get_by_label("Family name")).to_have_value("Müller")
    look.check("register-errors")


def test_an_invited_colleague_joins_and_the_admin_sees_no_patient(served: Served, look: Look) -> None:
    page = look.page
    look.sign_in("ada@a.example", code_for=time.time())
    look.check("people")
    expect(page.get_by_role("link", name="Patients", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("E-mail address").fill("bea@a.example")
    page.get_by_label("Clinician: ").check()
    look.check("invite")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Invitation sent to bea@a.example.")).to_be_visible()
    page.goto("/patients/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not open to you")
    look.check("forbidden")
    page.context.clear_cookies()
    join(look, link=mailed_link(served))
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def register(page: Page) -> None:
    page.goto("/patients/")
    page.get_by_role("link", name="Register a patient").click()
    page.get_by_label("Record number").fill("A-2002")
    page.get_by_label("Given name").fill("Jürgen")
    page.get_by_label("Family name").fill("Müller-Łukasz")
    page.get_by_label("Date of birth").fill("1961-05-03")
    page.get_by_label("Male", exact=True).check()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("Patient registered.")).to_be_visible()


def mailed_link(served: Served) -> str:
    text = served.mails.newest()[0].body("plain") or ""
    found = re.search(r"http://\S+/join/\S+", text)
    assert found is not None, text
    return found[0]


def join(look: Look, *, link: str) -> None:
    """Accept the invitation, enrol the second factor, and go on to the patients."""
    page = look.page
    page.goto(link)
    page.get_by_label("Your name").fill("Bea Berg")
    page.get_by_label(re.compile(r"^\s*Password\W*$")).fill(NEW_PASSWORD)
    page.get_by_label("Password again").fill(NEW_PASSWORD)
    look.check("join")
    page.get_by_role("button", name="Accept the invitation").click()
    page.goto("/patients/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(NEW_PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    look.check("second-factor")
    secret = page.locator("#authenticator_secret").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(one_time_codes.code(secret, now=time.time()))
    page.get_by_role("button", name=re.compile("Activate|Turn on|Confirm")).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look.check("recovery-codes")
    page.goto("/")
