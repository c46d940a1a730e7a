"""A page left alone on the ward: covered, opened again by whoever left it, and nothing typed is lost."""

import time

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from accounts import times
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import PASSWORD

MINUTES_AGO = "() => localStorage.setItem('used-at', String(Date.now() - 31 * 60_000))"


def test_a_page_left_alone_is_covered_and_keeps_what_was_typed(served: Served, look: Look) -> None:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    page.goto("/patients/register/")
    page.get_by_label("Family name").fill("Größe")
    other = page.context.new_page()
    other.goto("/patients/")
    other.get_by_role("searchbox").fill("grosse")
    leave_alone(page)
    look.check("lock")
    expect(other.get_by_role("dialog", name="Locked")).to_be_visible()
    unlock(page, "wrong horse")
    expect(page.get_by_text("neither your password nor a current code")).to_be_visible()
    look.check("lock-wrong")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Locked")).to_be_visible()
    unlock(page, PASSWORD)
    expect(page.get_by_role("dialog", name="Locked")).to_have_count(0)
    expect(other.get_by_role("dialog", name="Locked")).to_have_count(0)
    expect(page.get_by_label("Family name")).to_have_value("Größe")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_contain_text("Date of birth")


def test_what_was_sent_from_a_locked_page_waits(served: Served, look: Look) -> None:
    """As it goes without scripts: the page was not covered, the server alone knows that it is locked."""
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    other = page.context.new_page()
    other.goto("/patients/")
    leave_alone(other)
    other.close()
    page.goto("/patients/")
    look.check("locked-page")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_a_click_after_signing_out_elsewhere_covers_the_page(served: Served, look: Look) -> None:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    page.goto("/patients/")
    other = page.context.new_page()
    other.goto("/account/logout/")
    other.get_by_role("button", name="Sign out", exact=True).last.click()
    expect(other.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.get_by_role("searchbox").press_sequentially("mu")
    expect(page.get_by_role("dialog", name="Locked")).to_be_visible()
    unlock(page, PASSWORD)
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def leave_alone(page: Page) -> None:
    page.evaluate(MINUTES_AGO)
    expect(page.get_by_role("dialog", name="Locked")).to_be_visible()


def unlock(page: Page, secret: str) -> None:
    page.get_by_label("Confirm that you are Alice Amann").fill(secret)
    page.get_by_role("button", name="Go on").click()


def test_without_javascript_what_was_sent_waits_and_is_sent_again(served: Served, browser: Browser) -> None:
    context = browser.new_context(base_url=served.url, locale="en-GB", java_script_enabled=False)
    look = Look(context.new_page())
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    page.goto("/patients/register/")
    page.get_by_label("Family name").fill("Größe & <b>")
    let_time_pass()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", name="Locked", level=1)).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("alert")).to_contain_text("Date of birth")
    expect(page.get_by_label("Family name")).to_have_value("Größe & <b>")
    assert look.complaints == []
    context.close()


def let_time_pass() -> None:
    """Half an hour in which nobody uses any session."""
    for row in Session.objects.all():
        store = SessionStore(row.session_key)
        if times.USED in store:
            store[times.USED] -= 31 * 60
            store.save()
