"""One patient from record to reminder: the published course of a woman of 49 with disseminated disease."""

import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "Ines Delgado-Ruiz"
# Steps of the wizard with what is known of her; everything else stays not known.
COURSE = {"Where the patient is in the course": "First line: no treatment of the disease so far"}
DISEASE = {
    "Polyneuropathy": "Yes",
    "Monoclonal plasma cell disorder": "Yes",
    "Sclerotic bone lesions": "Yes",
    "Endocrinopathy": "Yes",
    "Clonal plasma cells in the marrow": "Yes",
}
FITNESS = {
    "Severity of the neuropathy now": "Severe",
    "Pregnancy": "Not pregnant",
    "Eligible for transplantation": "Yes",
    "Thyroid axis tested": "Yes",
    "Gonadal axis tested": "Yes",
    "Gonadal axis abnormal": "Yes",
}
VEGF = ((120, "1450"), (60, "620"), (5, "<90"))


def test_from_record_to_reminder(served: Served, look: Look) -> None:
    page = look.page
    look.sign_in("alice@a.example", code_for=time.time())
    register(page)
    plan(look)
    sign(look)
    for days_ago, value in VEGF:
        enter_vegf(page, collected=today() - timedelta(days=days_ago), value=value)
    see_the_line(look)
    move_a_follow_up_to_today(look)
    read_the_digest(served)


def register(page: Page) -> None:
    page.goto("/patients/")
    page.get_by_role("link", name="Register a patient").click()
    page.get_by_label("Record number").fill("A-4900")
    page.get_by_label("Given name").fill("Ines")
    page.get_by_label("Family name").fill("Delgado-Ruiz")
    page.get_by_label("Date of birth").fill(f"{today().year - 50}-12-31")
    page.get_by_label("Female", exact=True).check()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("Patient registered.")).to_be_visible()


def plan(look: Look) -> None:
    """Answer the steps; leave in the middle and come back; nothing is lost."""
    page = look.page
    page.get_by_role("link", name="Treatment plan").click()
    page.get_by_role("button", name="Begin a plan").click()
    answer(page, COURSE)
    look.check("wizard-course")
    next_step(page, "Diagnosis and extent")
    answer(page, DISEASE)
    look.check("wizard-disease")
    page.goto("/patients/")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="Treatment plan").click()
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_role("heading", name="Diagnosis and extent", level=1)).to_be_visible()
    expect(answer_to(page, "Sclerotic bone lesions", "Yes")).to_be_checked()
    next_step(page, "Fitness, nerve and blood")
    answer(page, FITNESS)
    look.check("wizard-fitness")
    next_step(page, "Options")
    read_the_options(look)


def read_the_options(look: Look) -> None:
    page = look.page
    expect(option(page, "lenalidomide_dex")).to_contain_text("Preferred")
    expect(option(page, "lenalidomide_dex")).to_contain_text("severe")
    expect(option(page, "asct")).to_contain_text("Preferred")
    expect(option(page, "melphalan_dex")).to_contain_text("Not recommended")
    expect(option(page, "melphalan_dex")).to_contain_text("collect")
    look.check("wizard-options")
    option(page, "lenalidomide_dex").get_by_role("button", name="Choose").click()
    look.check("wizard-choice")
    page.get_by_role("button", name="Confirm this choice").click()
    next_step(page, "Supportive care")
    next_step(page, "Follow-up dates")


def sign(look: Look) -> None:
    page = look.page
    expect(page.get_by_role("heading", name="Follow-up dates", level=1)).to_be_visible()
    for field in page.locator("input[type=date]").all():
        if not field.input_value():
            field.fill(today().isoformat())
    page.get_by_role("button", name="Show the dates").click()
    look.check("wizard-follow-up")
    page.get_by_role("button", name="Next: review and sign").click()
    look.check("wizard-sign")
    page.locator("#id_secret").fill("not the password")
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("#id_secret").fill(PASSWORD)
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan")
    look.check("plan")


def enter_vegf(page: Page, *, collected: date, value: str) -> None:
    page.get_by_role("link", name="Results", exact=True).click()
    page.get_by_role("link", name="Enter one result").click()
    page.get_by_label("What was measured").select_option("vegf")
    page.get_by_label("Specimen").select_option("plasma")
    page.locator("#id_value").fill(value)
    page.locator("#id_unit").fill("pg/mL")
    page.get_by_label("Collected on").fill(collected.isoformat())
    page.locator("#id_laboratory").fill("Central laboratory")
    page.locator("#id_upper_limit").fill("96")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Results", level=1)).to_be_visible()


def see_the_line(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator("svg text", has_text="1000").first).to_be_visible()
    expect(page.get_by_role("cell", name="<90 pg/mL").first).to_be_visible()
    look.check("timeline")


def move_a_follow_up_to_today(look: Look) -> None:
    page = look.page
    page.get_by_role("link", name="Follow-up", exact=True).click()
    look.check("follow-ups")
    page.get_by_role("row").get_by_role("link", name="Move").first.click()
    page.get_by_label("New due date").fill(today().isoformat())
    look.check("follow-up-move")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_role("heading", name="Follow-up", exact=True, level=1)).to_be_visible()


def read_the_digest(served: Served) -> None:
    """By the command that cron would run; beat and worker are proved in tests/faults."""
    subprocess.run(
        [sys.executable, "manage.py", "send_reminders", "--now"],
        cwd=ROOT,
        env=served.environment,
        check=True,
        capture_output=True,
    )
    [mail] = [mail for mail in served.mails.newest() if mail.recipients == ("alice@a.example",)]
    text = (mail.raw.decode() + (mail.body("plain") or "") + (mail.body("html") or "")).lower()
    assert not any(word in text for word in ("ines", "delgado", "a-4900", "poems", "vegf"))
    assert served.url in text


def answer(page: Page, answers: dict[str, str]) -> None:
    """Give each answer and wait until the page says that it is saved."""
    for question, word in answers.items():
        with page.expect_response(lambda response: response.url.endswith("/answer/")):
            answer_to(page, question, word).check()


def answer_to(page: Page, question: str, word: str):
    return page.get_by_role("group", name=question, exact=True).get_by_label(word, exact=True)


def next_step(page: Page, title: str) -> None:
    page.get_by_role("button", name="Next:").click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def option(page: Page, key: str):
    return page.locator(f"#option-{key}")


def today() -> date:
    """The day at hospital A, which is another one than in Greenwich for an hour or two of each night."""
    return timezone.now().astimezone(ZoneInfo("Europe/Berlin")).date()
