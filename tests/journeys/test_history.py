"""What was changed can be read and taken back in the browser."""

import time
from datetime import date
from uuid import uuid4

from playwright.sync_api import expect

from accounts.scope import hospital_scope
from patients.actions import record
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import NOW, registered

RADIATION = {
    "kind": "radiation",
    "name": "50 Gy to T9",
    "started_on": date(2026, 1, 5),
    "ended_on": date(2026, 2, 9),
    "intent": "definitive",
}


def test_a_change_is_read_and_taken_back(served: Served, look: Look) -> None:
    alice = served.house.alice
    with hospital_scope(alice.hospital_id, actor=str(alice.user_id)):
        patient = registered(alice)
        treatment = record.give_treatment(
            patient=patient, values=RADIATION, submission=uuid4(), by=alice, now=NOW
        )
    with hospital_scope(alice.hospital_id, actor=str(alice.user_id)):
        record.correct_treatment(
            treatment=treatment, values={"name": "45 Gy to T9"}, expected_version=1, by=alice, now=NOW
        )
    look.sign_in(alice.user.email, code_for=time.time())
    look.page.goto(f"/patients/{patient.pk}/history/")
    look.check("history")
    look.page.get_by_role("link", name="Treatment: Radiation").first.click()
    look.check("history-of-an-entry")
    look.page.get_by_role("link", name="Restore").click()
    look.check("history-restore")
    look.page.get_by_role("button", name="Restore").click()
    expect(look.page.get_by_text("Restored as a new change")).to_be_visible()
    expect(look.page.get_by_text("stands now")).to_be_visible()
    look.page.goto(f"/patients/{patient.pk}/treatments/")
    expect(look.page.get_by_role("main").get_by_text("50 Gy to T9")).to_be_visible()
