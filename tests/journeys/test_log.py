"""The log of the hospital and who looked at a patient, as an auditor, an admin and a clinician see them."""

import time
from uuid import uuid4

from playwright.sync_api import expect

from accounts.roles import Role
from accounts.scope import hospital_scope
from accounts.trail.kinds import AccessKind, ActorKind
from accounts.trail.writing import Entry, write
from tests.journeys.look import Look
from tests.journeys.served import Served
from tests.personas import NOW, member, registered


def a_morning_at_the_hospital(served: Served) -> str:
    """What stands in the log; the patient's id."""
    house = served.house
    with hospital_scope(house.a.pk, actor="test"):
        patient = registered(house.alice)
        member("Otto Ohm", house.a, [Role.AUDITOR])

        def entry(kind: AccessKind, address: str = "", **more: object) -> Entry:
            known = {"hospital_id": house.a.pk, "user_id": house.alice.user_id, "status": 200} | more
            return Entry(at=NOW, actor_kind=ActorKind.PERSON, kind=kind, address=address, **known)  # type: ignore[arg-type]

        about = {"patient_id": patient.pk}
        write(
            [
                entry(AccessKind.SIGNED_IN, "account_login", from_ip="192.0.2.17"),
                entry(AccessKind.SEARCHED, "patients:list", shown=3),
                *[entry(AccessKind.VIEWED, "results:list", **about)] * 3,
                entry(AccessKind.VIEWED, "course:timeline", grant_id=uuid4(), **about),
                entry(AccessKind.PRINTED, "treatment:document", **about),
                entry(AccessKind.DENIED, "patients:overview", user_id=house.ada.user_id, **about),
                entry(AccessKind.CHANGED, "results:new", **about),
            ]
        )
        write([Entry(at=NOW, actor_kind=ActorKind.COMMAND, kind=AccessKind.RAN, actor_name="send_reminders")])
    return str(patient.pk)


def test_a_clinician_reads_who_looked(served: Served, look: Look) -> None:
    patient_id = a_morning_at_the_hospital(served)
    look.sign_in(served.house.alice.user.email, code_for=time.time())
    look.page.goto(f"/patients/{patient_id}/history/views/")
    expect(look.page.get_by_text("3 times")).to_be_visible()
    look.check("who-looked")


def test_an_auditor_asks_by_number(served: Served, look: Look) -> None:
    a_morning_at_the_hospital(served)
    look.sign_in("otto@a.example", code_for=time.time())
    look.page.get_by_role("link", name="Log", exact=True).first.click()
    look.check("log-auditor")
    look.page.get_by_label("Record number").fill("A-1001")
    look.page.get_by_role("button", name="Show").click()
    expect(look.page.get_by_text("About record")).to_be_visible()
    look.check("log-of-a-record")


def test_an_admin_sees_references(served: Served, look: Look) -> None:
    a_morning_at_the_hospital(served)
    look.sign_in(served.house.ada.user.email, code_for=time.time())
    look.page.goto("/hospital/log/")
    look.check("log-admin")
