"""A death closes the record and silences it; a mistake is taken back whole."""

from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import enter_hospital
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, Reason, State
from monitoring.reminders.courier import Outcome
from monitoring.reminders.sweeping import sweep
from monitoring.results.models import Result
from patients.actions import care, planned as treatments
from patients.actions.care import Death
from patients.actions.identity import StalePatientError
from patients.actions.planned import ToGive
from patients.models import Care, Patient, PatientSummary, PlannedTreatment
from poems_site.workflows import death
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import DUE_MORNING, send
from tests.personas import NOW, House, member, registered, signed_in
from tests.workflows.builders import died, open_draft
from treatment.models import Draft, DraftState

FORM = {"died": "3 May 2026", "cause": "Pneumonia", "version": "1"}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def posted(client: Client, patient: Patient, page: str = "care/death", **form: str) -> str:
    return unescape(client.post(f"/patients/{patient.pk}/{page}/", form, follow=True).content.decode())


def test_every_page_of_the_patient_says_that_and_when_they_died(alice: Client, patient: Patient) -> None:
    posted(alice, patient, **FORM)
    for page in ("", "results/", "care/", "treatments/"):
        assert "Died 3 May 2026" in alice.get(f"/patients/{patient.pk}/{page}").content.decode()


@pytest.mark.parametrize(
    ("typed", "shown"), [("May 2026", "Died May 2026"), ("2025", "Died 2025"), ("", "Died, day not known")]
)
def test_of_the_day_of_death_as_much_is_kept_as_is_known(
    alice: Client, patient: Patient, typed: str, shown: str
) -> None:
    posted(alice, patient, **FORM | {"died": typed} | ({} if typed else {"day_unknown": "on"}))
    assert f"{shown}<" in alice.get(f"/patients/{patient.pk}/care/").content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"died": ""}, "Give the day as far as it is known, or say that it is not known."),
        ({"day_unknown": "on"}, "contradict each other"),
        ({"died": "3 May 1970"}, "lies before the birth of this patient (14 Feb 1977)"),
        ({"died": "2999"}, "lies in the future"),
        ({"died": "03/05/2020"}, "can be 5 March or 3 May"),
        ({"cause": "x" * 201}, "at most 200 characters; this one has 201"),
    ],
)
def test_an_impossible_death_is_refused_with_a_sentence(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, **FORM | change)
    assert Patient.objects.in_care().filter(pk=patient.pk).exists()


def test_open_follow_ups_end_with_the_reason_and_a_draft_is_discarded(house: House, patient: Patient) -> None:
    item = planned(house.alice, patient=patient)
    draft = open_draft(patient, house.alice)
    died(patient, house.alice)
    item.refresh_from_db()
    draft.refresh_from_db()
    assert (item.state, draft.state) == (State.CLOSED, DraftState.DISCARDED)
    assert FollowUpStatus.objects.latest("id").reason == Reason.DIED


def test_treatments_still_to_come_are_cancelled_and_what_was_given_stays(
    house: House, patient: Patient
) -> None:
    to_come, ended = treatments_to_come(patient, house)
    died(patient, house.alice)
    for row in (to_come, ended):
        row.refresh_from_db()
    assert (to_come.state, to_come.why) == ("cancelled", "The patient died")
    assert (ended.state, ended.why) == ("cancelled", "Superseded")
    death.take_back_death(patient=patient, by=house.alice, now=NOW)
    for row in (to_come, ended):
        row.refresh_from_db()
    assert (to_come.state, to_come.why, to_come.ended_at) == ("planned", "", None)
    assert ended.state == "cancelled"


def treatments_to_come(patient: Patient, house: House) -> list[PlannedTreatment]:
    """One that is planned, and one that ended with its plan the day before."""
    plan: dict[str, Any] = {"patient": patient, "instead_of": None, "why": "", "by": house.alice, "now": NOW}
    found = []
    for name in ("Lenalidomide", "Melphalan"):
        origin = uuid4()
        to_give = ToGive("systemic", name, None, "", "")
        treatments.plan_treatments(items=[to_give], origin=origin, **plan)
        found.append(PlannedTreatment.objects.get(origin=origin))
    yesterday = NOW - timedelta(days=1)
    treatments.cancel_plan(origin=found[1].origin, why="Superseded", by=house.alice, now=yesterday)
    return found


def test_a_death_between_sweep_and_mail_sends_nothing(house: House, mailbox: MailStore) -> None:
    """Also where nobody closed the follow-ups: the courtesy is one thing, the join is the wall."""
    item = planned(house.alice)
    [waiting] = list(sweep(now=DUE_MORNING))
    enter_hospital(house.a.pk)
    care.write_death(
        patient=item.patient, death=Death(None), expected_version=1, by=house.alice, now=DUE_MORNING
    )
    assert (send(waiting), list(mailbox.newest())) == ([Outcome.NOTHING_TO_SEND], [])


def test_a_sweep_writes_nothing_about_the_dead(house: House) -> None:
    item = planned(house.alice)
    care.write_death(patient=item.patient, death=Death(None), expected_version=1, by=house.alice, now=NOW)
    assert list(sweep(now=DUE_MORNING)) == []


def test_a_double_click_records_one_death(house: House, alice: Client, patient: Patient) -> None:
    planned(house.alice, patient=patient)
    for _ in range(2):
        assert "Saved." in posted(alice, patient, **FORM)
    patient.refresh_from_db()
    assert patient.version == 2
    assert FollowUpStatus.objects.filter(reason=Reason.DIED).count() == 1


def test_the_second_of_two_people_is_told_what_stands(house: House, alice: Client, patient: Patient) -> None:
    died(patient, house.alice, "2 May 2026")
    page = posted(alice, patient, **FORM)
    assert "a death is recorded, 2 May 2026" in page
    assert "Pneumonia" in page
    patient.refresh_from_db()
    assert patient.died_on == date(2026, 5, 2)


def test_a_stale_death_overwrites_nothing(house: House, patient: Patient) -> None:
    with pytest.raises(StalePatientError):
        died(patient, house.alice, expected_version=0)


def test_a_death_taken_back_leaves_everything_as_it_was(
    house: House, alice: Client, patient: Patient
) -> None:
    done = planned(house.alice, patient=patient)
    FollowUp.objects.filter(pk=done.pk).update(state=State.DONE)
    item = planned(house.alice, patient=patient)
    draft = open_draft(patient, house.alice)
    died(patient, house.alice)
    for _ in range(2):  # a double click is one
        assert "in care again" in posted(alice, patient, "care/death/undo")
    for row in (patient, item, done, draft):
        row.refresh_from_db()
    assert (item.state, done.state, draft.state) == (State.PLANNED, State.DONE, DraftState.OPEN)
    assert (patient.care, patient.died, patient.care_ended_by) == (Care.IN_CARE, None, None)
    assert FollowUpStatus.objects.filter(follow_up=item).count() == 3


def test_what_was_closed_before_the_death_stays_closed(house: House, patient: Patient) -> None:
    item = planned(house.alice, patient=patient)
    died(patient, house.alice)
    death.take_back_death(patient=patient, by=house.alice, now=NOW)
    FollowUpStatus.objects.filter(follow_up=item).latest("id")
    assert FollowUp.objects.get(pk=item.pk).version == 3


@pytest.mark.parametrize("page", ["plans/start", "follow-ups/{}/close", "follow-ups/{}/reschedule"])
def test_nothing_is_planned_for_the_dead(house: House, alice: Client, patient: Patient, page: str) -> None:
    item = planned(house.alice, patient=patient)
    died(patient, house.alice)
    response = alice.post(f"/patients/{patient.pk}/{page.format(item.pk)}/")
    assert response.status_code == 409
    assert "Died 3 May 2026. The record can still be corrected, but nothing is planned" in (
        response.content.decode()
    )
    assert Draft.objects.count() == 0


def test_the_record_of_the_dead_can_still_be_corrected(house: House, alice: Client, patient: Patient) -> None:
    died(patient, house.alice)
    assert alice.get(f"/patients/{patient.pk}/results/new/").status_code == 200
    assert Result.objects.count() == 0


def test_nothing_is_overdue_of_the_dead(house: House, patient: Patient) -> None:
    planned(house.alice, patient=patient)
    assert PatientSummary.objects.get().overdue_from == date(2026, 7, 8)
    died(patient, house.alice)
    assert PatientSummary.objects.get().overdue_from is None


@pytest.mark.parametrize(
    "columns",
    [
        {"care": "deceased"},
        {"died_on": date(2026, 5, 3), "died_precision": "day"},
        {"care": "merged", "care_ended_at": NOW},
        {"cause_of_death": "Pneumonia"},
    ],
)
def test_the_database_refuses_half_a_death(patient: Patient, columns: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="patient_care_is_whole"), transaction.atomic():
        Patient.objects.filter(pk=patient.pk).update(**columns)


def test_a_month_is_kept_by_its_first_day(house: House, patient: Patient) -> None:
    died(patient, house.alice)
    with pytest.raises(IntegrityError, match="patient_death_is_as_known"), transaction.atomic():
        Patient.objects.filter(pk=patient.pk).update(died_precision="month")


def test_the_history_keeps_the_death(house: House, patient: Patient) -> None:
    died(patient, house.alice)
    assert patient.history.latest("pgh_id").care == Care.DECEASED


def test_a_reader_of_the_record_cannot_close_it(house: House, patient: Patient) -> None:
    reader: Membership = member("Rita Rau", house.a, [Role.AUDITOR])
    assert signed_in(reader).post(f"/patients/{patient.pk}/care/death/", FORM).status_code == 403
