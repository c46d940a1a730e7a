"""Help before and after sign-in, and the number that patients may call."""

import time

from playwright.sync_api import expect

from tests.journeys.look import Look
from tests.journeys.served import Served


def test_help_is_read_before_sign_in_and_the_admin_enters_the_number(served: Served, look: Look) -> None:
    page = look.page
    page.goto("/")
    page.get_by_role("link", name="Help").click()
    expect(page.get_by_role("heading", name="Scores")).to_be_visible()
    look.check("help-signed-out")
    page.get_by_role("link", name="Back to sign in").click()
    look.sign_in("ada@a.example", code_for=time.time())
    look.check("people-without-phone")
    page.get_by_role("link", name="Enter the phone number").click()
    page.get_by_label("Phone number for patients").fill("ask Mary")
    page.get_by_role("button", name="Save").click()
    look.check("hospital-settings-refused")
    page.get_by_label("Phone number for patients").fill("+49 30 1234-567")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("No phone number yet")).not_to_be_visible()
    look.check("hospital-settings")
    page.get_by_role("contentinfo").get_by_role("link", name="Help").click()
    look.check("help")
