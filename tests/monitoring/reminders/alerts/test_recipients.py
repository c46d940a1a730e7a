"""Alerts in the digest: who is told, and who is not."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import enter_hospital
from monitoring.reminders import queries
from monitoring.reminders.courier import Outcome
from monitoring.reminders.models import DigestLine
from monitoring.reminders.sweeping import sweep
from patients.models import Patient
from patients.models.care_team import TeamRole
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.alerts.builders import ALICES, DORAS, ONE_DAY, TODAY, asks, told_by
from tests.monitoring.reminders.builders import (
    DUE_MORNING,
    deactivate,
    inside,
    lead,
    lines_in,
    send,
    sweep_and_send,
)
from tests.personas import NOW, House, member, registered
from tests.teams import on_team
from tests.workflows.builders import accepted, died, offered


def test_whom_it_was_handed_to_is_told_first(house: House, patient: Patient, mailbox: MailStore) -> None:
    asks(patient, handed_to=member("Bert Bauer", house.a, [Role.CLINICIAN]).user)
    assert told_by(2, house) == [("urgent", "Bert Bauer"), DORAS]


def test_who_is_gone_is_passed_over_down_to_the_admins(
    house: House, patient: Patient, people: dict[str, Membership], mailbox: MailStore
) -> None:
    vera = member("Vera Voss", house.a, [Role.CLINICIAN])
    with inside(house.a):
        on_team(patient, vera, TeamRole.COVER, NOW.date(), by=house.alice)
    asks(patient)
    told = []
    for person in (None, house.alice, "Vera Voss", people["deputy"], people["coordinator"], people["lead"]):
        if person is not None:
            deactivate(Membership.objects.get(user__full_name=person) if isinstance(person, str) else person)
        with inside(house.a):
            (line,) = queries.lines_on(house.a, TODAY).lines
            told.append((line.stage, Membership.objects.get(user=line.recipient_id).user.full_name))
    names = ["Alice Amann", "Vera Voss", "Dora Dahl", "Cora Cohn", "Leo Lang"]
    assert told == [*(("urgent", name) for name in names), ("nobody", "Ada Adler")]


def test_without_a_team_the_lead_is_told(
    house: House, people: dict[str, Membership], mailbox: MailStore
) -> None:
    with inside(house.a):
        lonely = registered(house.alice, record_number="N-9")
    asks(lonely)
    sweep_and_send()
    assert lines_in(house.a) == [("urgent", "Leo Lang")]


def test_the_lead_is_sent_to_the_whole_hospitals_list(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    asks(patient)
    told_by(5, house)
    mail = mailbox.newest()[0]
    assert mail.recipients == ("leo@a.example",)
    assert "http://localhost:8000/today/?who=hospital" in (mail.body("plain") or "")


def test_each_hospital_is_told_of_its_own(house: House, patient: Patient, mailbox: MailStore) -> None:
    lead(house.b, house.carlos)
    with inside(house.b):
        other = registered(house.carlos)
    asks(patient)
    asks(other)
    sweep_and_send()
    assert (lines_in(house.a), lines_in(house.b)) == ([ALICES], [("urgent", "Carlos Castro")])


def test_another_hospitals_step_is_refused_by_the_database(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    asks(patient)
    sweep_and_send()
    with inside(house.b):
        other = registered(house.carlos)
    alert = asks(other)
    with inside(house.b):
        foreign = alert.steps.get().pk
    with inside(house.a), pytest.raises(IntegrityError, match="same_hospital_as_step"), transaction.atomic():
        DigestLine.objects.update(alert_step=foreign)


def test_of_a_patient_who_left_nothing_is_told(house: House, patient: Patient, mailbox: MailStore) -> None:
    asks(patient)
    with inside(house.a):
        died(patient, house.alice)
    assert (sweep_and_send(), mailbox.newest()) == ([], [])


def test_a_transfer_between_sweep_and_send_tells_the_old_hospital_nothing(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    lead(house.b, house.carlos)
    alert = asks(patient)
    planned(house.alice, patient=patient)
    (waiting,) = sweep(now=DUE_MORNING)
    with inside(house.a):
        offer = offered(patient, house)
    accepted(offer, house)
    enter_hospital(None)
    assert (send(waiting), mailbox.newest()) == ([Outcome.NOTHING_TO_SEND], [])
    sweep_and_send()
    assert [mail.recipients for mail in mailbox.newest()] == [("carlos@b.example",)]
    with inside(house.b):
        assert DigestLine.objects.filter(alert_step__alert=alert, recipient=house.carlos.user).count() == 1


def test_the_admins_see_how_an_unanswered_one_will_go_on(house: House, patient: Patient) -> None:
    asks(patient)
    with inside(house.a):
        mails = queries.to_come(house.a, TODAY)
    assert [(mail.day - TODAY, mail.name, mail.why) for mail in mails] == [
        (0 * ONE_DAY, "Alice Amann", "1 urgent"),
        (2 * ONE_DAY, "Dora Dahl", "1 urgent, for the deputy"),
        (5 * ONE_DAY, "Leo Lang", "1 urgent, for the lead"),
    ]
