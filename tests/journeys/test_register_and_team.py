"""Register after a warning, known only by the year of birth; then a team, an event, fitness and contact."""

import time

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.roles import Role
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import member


def test_register_with_a_duplicate_warned_then_team_and_event(served: Served, look: Look) -> None:
    member("Bea Berg", served.house.a, [Role.CLINICIAN])
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    register(page, "A-4901", "Zofia", "Lindqvist-Otero", "14 Feb 1961")
    expect(page.get_by_text("Patient registered.")).to_be_visible()
    look.check("overview-empty")
    register(page, "A-4902", "Sofia", "Lindqvist", "1961")
    expect(page.get_by_role("alert")).to_contain_text("may be registered already")
    expect(page.get_by_label("Date of birth")).to_have_value("1961")
    look.check("register-warned")
    page.get_by_text("Another number").click()
    page.get_by_label("Kind of number").select_option("insurance")
    page.locator("#id_number_value").fill("Q 123 456 789")
    page.get_by_role("button", name="This is another person").click()
    expect(page.get_by_text("Patient registered.")).to_be_visible()
    expect(page.get_by_label("Patient", exact=True)).to_contain_text("1961 (")
    put_on_the_team(look)
    note_an_event(look)
    assess_fitness(look)
    write_contact(look)
    page.get_by_role("link", name="Overview").click()
    look.check("overview")
    find_by_number(page)


def register(page: Page, number: str, given: str, family: str, born: str) -> None:
    page.goto("/patients/register/")
    page.get_by_label("Record number").fill(number)
    page.get_by_label("Given name").fill(given)
    page.get_by_label("Family name").fill(family)
    page.get_by_label("Date of birth").fill(born)
    page.get_by_label("Female", exact=True).check()
    page.get_by_role("button", name="Register", exact=True).click()


def put_on_the_team(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Change", exact=True).click()
    for person, role in (("Alice", "responsible"), ("Bea", "deputy")):
        page.get_by_role("link", name="Put somebody on the team").click()
        option = page.locator("#id_user option", has_text=person).get_attribute("value")
        page.get_by_label("Person").select_option(option)
        page.get_by_label("Role").select_option(role)
        if role == "deputy":
            look.check("team-assign")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Care team changed.")).to_be_visible()
    look.check("team")


def note_an_event(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Events & notes").click()
    page.get_by_role("link", name="Add an event or note").click()
    page.locator("#id_kind").select_option("thrombosis")
    page.locator("#id_happened").fill("03/05/2019")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("can be 5 March or 3 May")
    look.check("event-asked")
    page.locator("#id_happened").fill("May 2019")
    page.locator("#id_grade").select_option("2")
    page.locator("#id_text").fill("Deep vein thrombosis of the left leg.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="May 2019")).to_be_visible()
    look.check("events")


def assess_fitness(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("link", name="Performance status").click()
    page.get_by_label("ECOG performance status").select_option("1")
    page.get_by_label("Severity of the neuropathy now").select_option("moderate")
    page.get_by_label("Diabetes").check()
    page.get_by_role("group", name="On an anticoagulant").get_by_text("Yes", exact=True).click()
    look.check("fitness-form")
    page.get_by_role("button", name="Save").click()
    today = f"{timezone.localdate():%-d %b %Y}"
    expect(page.get_by_text(f"moderate from {today}")).to_be_visible()
    look.check("fitness")


def write_contact(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("link", name="A telephone number").click()
    page.locator("#id_telephone").fill("+49 30 1234567")
    page.get_by_label("Language spoken").fill("Polish")
    page.get_by_role("group", name="Needs an interpreter").get_by_text("Yes", exact=True).click()
    look.check("contact")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("needs an interpreter")).to_be_visible()


def find_by_number(page: Page) -> None:
    page.goto("/patients/")
    page.get_by_label("Name or record number").fill("q123456789")
    expect(page.get_by_role("link", name="Sofia Lindqvist")).to_be_visible()
