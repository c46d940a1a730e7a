"""The trail: what each request, each sign-in, each job and each command leaves behind."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from accounts.scope import enter_hospital
from accounts.trail import jobs
from accounts.trail.models import AccessEvent
from poems_site.pages.log.words import in_words
from tests.personas import NOW, PASSWORD, House, registered, signed_in

ROOT = Path(__file__).resolve().parent.parent.parent
ACCEPTED, REFUSED, NOT_FOUND = 302, 403, 404


def trail(house: House) -> list[AccessEvent]:
    """Everything hospital A's log holds, oldest first."""
    enter_hospital(house.a.pk)
    return list(AccessEvent.objects.filter(hospital=house.a).order_by("id"))


def only(house: House) -> AccessEvent:
    [event] = trail(house)
    return event


def test_opening_a_page_leaves_one_row_with_person_page_and_patient(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    alice.get(f"/patients/{patient.pk}/")
    event = only(house)
    assert (event.actor_kind, event.user) == ("person", house.alice.user)
    assert (event.kind, event.address, event.patient_id) == ("viewed", "patients:overview", patient.pk)


def test_a_search_leaves_how_many_were_found_and_not_a_word_of_it(house: House, alice: Client) -> None:
    registered(house.alice)
    alice.post("/patients/", {"q": "Schulz"})
    event = only(house)
    assert (event.kind, event.shown, event.patient_id) == ("searched", 1, None)
    assert "chulz" not in str(AccessEvent.objects.values())


def test_a_form_that_is_only_opened_has_changed_nothing(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    alice.get(f"/patients/{patient.pk}/edit/")
    assert only(house).kind == "opened"


def test_a_form_that_does_not_pass_has_changed_nothing(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    alice.post(f"/patients/{patient.pk}/edit/", {})
    assert only(house).kind == "opened"


def test_a_saved_form_is_a_change_and_the_history_names_its_request(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    address = f"/patients/{patient.pk}/care/death/"
    posted = {"day_unknown": "on", "version": patient.version}
    assert alice.post(address, posted).status_code == ACCEPTED
    changed = trail(house)[-1]
    history = patient.history.order_by("-pgh_id").first()
    assert (changed.kind, changed.patient_id) == ("changed", patient.pk)
    assert history.pgh_context["request"] == str(changed.request_id)


def test_somebody_elses_patient_asked_for_in_vain_is_in_the_askers_log(house: House, carlos: Client) -> None:
    patient = registered(house.alice)
    assert carlos.get(f"/patients/{patient.pk}/").status_code == NOT_FOUND
    enter_hospital(house.b.pk)
    event = AccessEvent.objects.get(hospital=house.b)
    assert (event.kind, event.status, event.patient_id) == ("denied", NOT_FOUND, patient.pk)


def test_whose_patient_it_is_sees_who_asked_in_vain(house: House, carlos: Client) -> None:
    patient = registered(house.alice)
    carlos.get(f"/patients/{patient.pk}/")
    enter_hospital(house.a.pk)
    assert AccessEvent.objects.get(patient_id=patient.pk).user == house.carlos.user


def test_a_door_that_is_not_ones_own_is_noted(house: House, ada: Client) -> None:
    patient = registered(house.alice)
    assert ada.get(f"/patients/{patient.pk}/results/").status_code == REFUSED
    event = only(house)
    assert (event.kind, event.user, event.patient_id) == ("denied", house.ada.user, patient.pk)


def test_what_a_signed_out_browser_asks_for_leaves_nothing(house: House) -> None:
    patient = registered(house.alice)
    Client().get(f"/patients/{patient.pk}/")
    assert trail(house) == []


def test_signing_in_with_a_wrong_password_names_the_account_and_nobody(house: House) -> None:
    Client().post("/account/login/", {"login": house.alice.user.email, "password": "not it"})
    event = only(house)
    assert (event.kind, event.actor_kind, event.user) == ("sign_in_failed", "nobody", house.alice.user)
    assert event.from_ip == "127.0.0.1"


def test_a_right_password_and_a_wrong_code_is_a_failed_sign_in(house: House) -> None:
    client = Client()
    client.post("/account/login/", {"login": house.alice.user.email, "password": PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    enter_hospital(house.a.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.log', %s, true)", [str(house.a.pk)])
    assert AccessEvent.objects.get().kind == "sign_in_failed"


def test_signing_out_is_noted(house: House, alice: Client) -> None:
    alice.post("/account/logout/")
    assert (only(house).kind, only(house).user) == ("signed_out", house.alice.user)


def test_a_job_that_worked_for_a_hospital_is_in_its_log(house: House) -> None:
    jobs.note_task(
        name="monitoring.imports.tasks.work",
        args=(str(house.a.pk), str(uuid4())),
        outcome="done",
        state="SUCCESS",
        now=NOW,
    )
    event = only(house)
    assert (event.actor_kind, event.actor_name, event.kind) == ("job", "monitoring.imports.tasks.work", "ran")


def test_a_job_that_found_nothing_to_do_is_not_noted(house: House) -> None:
    jobs.note_task(
        name="monitoring.alerts.tasks.read", args=(str(house.a.pk),), outcome=0, state="SUCCESS", now=NOW
    )
    assert trail(house) == []


def test_a_job_that_broke_is_noted(house: House) -> None:
    jobs.note_task(
        name="monitoring.alerts.tasks.read", args=(str(house.a.pk),), outcome=None, state="FAILURE", now=NOW
    )
    assert only(house).kind == "failed"


def test_a_command_is_in_every_hospitals_log(house: House) -> None:
    jobs.note_command("send_reminders", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.log', %s, true)", [str(house.b.pk)])
    assert AccessEvent.objects.get().actor_name == "send_reminders"


def test_the_log_of_one_hospital_opens_no_row_of_another(house: House, alice: Client) -> None:
    alice.get("/patients/")
    enter_hospital(None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.log', %s, true)", [str(house.b.pk)])
    assert not AccessEvent.objects.exists()


@pytest.mark.parametrize("table", ["trail_sealbatch", "trail_sealpart", "trail_sealmark"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "INSERT INTO {} DEFAULT VALUES"])
def test_the_application_only_reads_the_chain(db: None, table: str, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("statement", ["UPDATE {} SET status = 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_owner_changes_no_row_by_accident(committing_database: str, statement: str) -> None:
    with transaction.atomic():
        jobs.note_command("send_reminders", now=NOW)
    with (
        pytest.raises(DatabaseError, match="never changed or removed"),
        transaction.atomic("owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(statement.format("trail_accessevent"))


def test_ending_sessions_is_noted(house: House, alice: Client) -> None:
    alice.post(reverse("me:end_every_session"))
    event = AccessEvent.objects.filter(address="me:end_every_session").get()
    assert (event.kind, event.user) == ("signed_out", house.alice.user)
    assert in_words(event) == "signed out everywhere"


def test_a_script_that_says_somebody_types_leaves_nothing(house: House, alice: Client) -> None:
    alice.post(reverse("me:used"))
    assert trail(house) == []


def test_a_command_is_noted_before_it_begins(committing_database: str) -> None:
    url = os.environ["DATABASE_URL"].replace("/poems?", f"/{committing_database}?")
    command = [sys.executable, "manage.py", "rebuild_summaries"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True, capture_output=True)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.log', gen_random_uuid()::text, true)")
        assert AccessEvent.objects.get(actor_kind="command").actor_name == "rebuild_summaries"


def test_a_person_who_left_stays_in_the_log(house: House, alice: Client) -> None:
    alice.get("/patients/")
    house.alice.is_active = False
    house.alice.save()
    assert only(house).user.full_name == "Alice Amann"


def test_a_page_that_broke_is_noted_though_its_change_was_taken_back(house: House, monkeypatch) -> None:
    patient = registered(house.alice)
    client = signed_in(house.alice)
    client.raise_request_exception = False
    monkeypatch.setattr("poems_site.pages.history.views.page_of_changes", None)
    client.get(f"/patients/{patient.pk}/history/")
    event = only(house)
    assert (event.kind, event.status, event.patient_id) == ("failed", 500, patient.pk)
