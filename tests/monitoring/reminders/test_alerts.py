"""Alerts in the digest: who must act is told, and a critical one that nobody answers goes on to others."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Hospital, Membership
from accounts.roles import Role
from accounts.scope import enter_hospital
from monitoring.alerts.actions import acknowledging
from monitoring.alerts.actions.acknowledging import Acknowledgement
from monitoring.alerts.models import Alert, AlertStep, NextStep, Reason
from monitoring.reminders import queries
from monitoring.reminders.courier import Outcome
from monitoring.reminders.models import DigestLine
from monitoring.reminders.sweeping import sweep
from patients.actions import care_team
from patients.models import Patient
from patients.models.care_team import TeamRole
from supervisor.mail_store import MailStore
from tests.monitoring.alerts.courses import (
    BASELINE,
    RISE,
    SECOND_RISE,
    measured,
    noon,
    read_on,
    scanned,
    treated,
)
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import (
    DUE_MORNING,
    deactivate,
    inside,
    lead,
    lines_in,
    send,
    sweep_and_send,
)
from tests.monitoring.reminders.test_mails import FORBIDDEN, everything_said
from tests.personas import NOW, House, member, registered
from tests.workflows.builders import accepted, died, offered

ONE_DAY = timedelta(days=1)
TODAY = DUE_MORNING.date()
# An hour after midnight in Berlin and still the day before in universal time.
RAISED = datetime(2026, 5, 31, 23, 0, tzinfo=UTC)


@pytest.fixture
def people(house: House) -> dict[str, Membership]:
    """The deputy, the coordinator and the lead beside Alice."""
    found = {
        "deputy": member("Dora Dahl", house.a, [Role.CLINICIAN]),
        "coordinator": member("Cora Cohn", house.a, [Role.COORDINATOR]),
        "lead": member("Leo Lang", house.a, [Role.CLINICIAN]),
    }
    lead(house.a, found["lead"])
    return found


@pytest.fixture
def patient(house: House, people: dict[str, Membership]) -> Patient:
    """Of Alice, with a deputy and a coordinator."""
    with inside(house.a):
        found = registered(house.alice)
    for person, role in (
        (house.alice, TeamRole.RESPONSIBLE),
        (people["deputy"], TeamRole.DEPUTY),
        (people["coordinator"], TeamRole.COORDINATOR),
    ):
        join(found, person, role, house.alice)
    return found


def join(patient: Patient, person: Membership, role: str, by: Membership) -> None:
    with inside(by.hospital):
        care_team.assign(
            patient=patient,
            user=person.user,
            role=role,
            started_on=NOW.date(),
            ended_on=None,
            submission=uuid4(),
            by=by,
            now=NOW,
        )


def asks(patient: Patient, severity: str = "critical", at: datetime = RAISED, **changes: object) -> Alert:
    """An alert raised at the moment."""
    with inside(patient.hospital):
        values = {
            "rule": "vegf-rising",
            "absence": False,
            "severity": severity,
            "since": at.date(),
            "text": "VEGF is rising.",
            "why": {},
            "content_version": "1",
            "fingerprint": "1",
            "opened_at": at,
        }
        alert: Alert = Alert.objects.create(hospital=patient.hospital, patient=patient, **values | changes)
        happened(alert, "raised", at)
    return alert


def happened(alert: Alert, happening: str, at: datetime) -> AlertStep:
    step: AlertStep = AlertStep.objects.create(
        hospital_id=alert.hospital_id,
        patient_id=alert.patient_id,
        alert=alert,
        rule=alert.rule,
        happening=happening,
        severity=alert.severity,
        at=at,
    )
    return step


def acknowledge(alert: Alert, by: Membership, at: datetime = DUE_MORNING) -> None:
    with inside(by.hospital):
        acknowledging.acknowledge(
            alert=alert,
            acknowledgement=Acknowledgement(
                Reason.ACTED, at.date() + 7 * ONE_DAY, next_step=NextStep.NOTE, next_step_id=uuid4()
            ),
            submission=uuid4(),
            expected_version=alert.version,
            by=by,
            now=at,
        )


def told_by(days: int, house: House) -> list[tuple[str, str]]:
    """Each line after a sweep every morning from the day it was raised to so many days later."""
    for day in range(days + 1):
        sweep_and_send(DUE_MORNING + day * ONE_DAY)
    return lines_in(house.a)


def test_a_critical_alert_is_urgent_and_a_warning_is_to_be_looked_at(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    asks(patient)
    asks(patient, "warning", rule="neuro-worsening")
    planned(house.alice, patient=patient)
    sweep_and_send()
    (mail,) = mailbox.newest()
    assert (mail.recipients, mail.subject) == (("alice@a.example",), "3 items need you, 1 urgent")
    text = mail.body("plain") or ""
    assert "- Urgent: 1\n- Due: 1\n- To look at: 1\n" in text
    assert "http://localhost:8000/today/\n" in text
    assert "http://localhost:8000/follow-ups/\n" in text


def test_information_needs_nobody(house: House, patient: Patient, mailbox: MailStore) -> None:
    asks(patient, "info")
    assert (sweep_and_send(), mailbox.newest()) == ([], [])


ALICES, DORAS, LEOS = ("urgent", "Alice Amann"), ("urgent_deputy", "Dora Dahl"), ("urgent_lead", "Leo Lang")


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, [ALICES]),
        (1, [ALICES]),
        (2, [ALICES, DORAS]),
        (4, [ALICES, DORAS]),
        (5, [ALICES, DORAS, LEOS]),
        (9, [ALICES, DORAS, LEOS]),
    ],
)
def test_unanswered_for_two_days_it_goes_to_the_deputy_for_five_to_the_lead(
    house: House, patient: Patient, mailbox: MailStore, days: int, told: list[tuple[str, str]]
) -> None:
    asks(patient)
    assert told_by(days, house) == told
    assert len(mailbox.newest()) == len(told)


def test_a_hospital_says_after_how_many_days(house: House, patient: Patient, mailbox: MailStore) -> None:
    Hospital.objects.filter(pk=house.a.pk).update(alert_deputy_days=1, alert_lead_days=3)
    asks(patient)
    assert told_by(1, house) == [ALICES, DORAS]
    assert told_by(3, house) == [ALICES, DORAS, LEOS]


@pytest.mark.parametrize(
    "days", [{"alert_deputy_days": 0}, {"alert_deputy_days": 5}, {"alert_lead_days": 31}]
)
def test_the_days_of_a_hospital_come_in_order(house: House, days: dict[str, int]) -> None:
    with pytest.raises(IntegrityError, match="hospital_alerts_come_in_order"), transaction.atomic():
        Hospital.objects.filter(pk=house.a.pk).update(**days)


@pytest.mark.parametrize(
    "clocks_change", [datetime(2027, 3, 28, 6, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)]
)
def test_the_days_are_counted_on_the_calendar_also_where_one_is_longer(
    house: House, patient: Patient, mailbox: MailStore, clocks_change: datetime
) -> None:
    before = clocks_change.replace(hour=20) - ONE_DAY
    asks(patient, at=before)
    for day in (-1, 0):
        sweep_and_send(clocks_change + day * ONE_DAY)
    assert lines_in(house.a) == [ALICES]
    sweep_and_send(clocks_change + ONE_DAY)
    assert lines_in(house.a) == [ALICES, DORAS]


def test_a_warning_goes_to_nobody_else(house: House, patient: Patient, mailbox: MailStore) -> None:
    asks(patient, "warning")
    assert told_by(9, house) == [("alert", "Alice Amann")]


def test_an_acknowledged_one_goes_to_nobody_else(house: House, patient: Patient, mailbox: MailStore) -> None:
    alert = asks(patient)
    assert told_by(1, house) == [ALICES]
    acknowledge(alert, house.alice, DUE_MORNING + ONE_DAY)
    assert told_by(6, house) == [ALICES]


def test_one_acknowledged_between_sweep_and_send_is_dropped(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    alert = asks(patient)
    planned(house.alice, patient=patient)
    (waiting,) = sweep(now=DUE_MORNING)
    acknowledge(alert, house.alice)
    send(waiting)
    assert [mail.subject for mail in mailbox.newest()] == ["1 item needs you"]
    assert lines_in(house.a) == [("due", "Alice Amann")]


def test_one_that_is_no_longer_true_is_dropped_and_its_mail_closed(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    asks(patient)
    (waiting,) = sweep(now=DUE_MORNING)
    with inside(house.a):
        Alert.objects.update(resolved_at=DUE_MORNING, ending="not_true")
    assert (send(waiting), mailbox.newest()) == ([Outcome.NOTHING_TO_SEND], [])


def test_one_that_comes_back_the_same_day_is_told_again(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    alert = asks(patient)
    sweep_and_send()
    with inside(house.a):
        happened(alert, "returned", DUE_MORNING + timedelta(hours=3))
    assert sweep_and_send(DUE_MORNING + ONE_DAY) == [Outcome.SENT]
    assert lines_in(house.a) == [ALICES, ALICES]


def test_a_raised_severity_returns_and_is_told_as_urgent(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    with inside(house.a):
        treated(patient, house.alice)
        measured(patient, house.alice, *BASELINE, RISE, SECOND_RISE)
        alert = read_on(patient, "2026-04-03")["vegf-rising"]
    acknowledge(alert, house.alice, noon("2026-04-03"))
    with inside(house.a):
        scanned(patient, house.alice, "2024-12-20")
        scanned(patient, house.alice, "2026-04-06", avid_lesions=3, new_lesion=True)
        read_on(patient, "2026-04-07")
    sweep_and_send(noon("2026-04-07"))
    with inside(house.a):
        of_rise = DigestLine.objects.filter(alert_step__alert=alert)
        assert list(of_rise.values_list("stage", "counted_from")) == [("urgent", date(2026, 4, 7))]


def test_whom_it_was_handed_to_is_told_first(house: House, patient: Patient, mailbox: MailStore) -> None:
    asks(patient, handed_to=member("Bert Bauer", house.a, [Role.CLINICIAN]).user)
    assert told_by(2, house) == [("urgent", "Bert Bauer"), DORAS]


def test_who_is_gone_is_passed_over_down_to_the_admins(
    house: House, patient: Patient, people: dict[str, Membership], mailbox: MailStore
) -> None:
    join(patient, member("Vera Voss", house.a, [Role.CLINICIAN]), TeamRole.COVER, house.alice)
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


def test_one_line_of_an_alert_is_told_once(house: House, patient: Patient) -> None:
    asks(patient)
    list(sweep(now=DUE_MORNING))
    with inside(house.a):
        copy = DigestLine.objects.get()
        copy.pk, copy.counted_from = None, TODAY + ONE_DAY
        with pytest.raises(IntegrityError, match="digest_line_of_alert_is_told_once"), transaction.atomic():
            copy.save(force_insert=True)


def test_the_mail_names_no_rule_and_no_patient(house: House, patient: Patient, mailbox: MailStore) -> None:
    asks(patient)
    told_by(5, house)
    said = " ".join(everything_said(mail) for mail in mailbox.newest())
    names = {"vegf", "rising", patient.family_name.lower(), patient.record_number.lower()}
    assert not [word for word in FORBIDDEN | names if f" {word} " in said]


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


def test_without_decision_support_no_alert_is_told(house: House, patient: Patient, mailbox, settings) -> None:
    settings.CDS_ENABLED = False
    asks(patient)
    assert (sweep_and_send(), mailbox.newest()) == ([], [])


def test_the_admins_see_how_an_unanswered_one_will_go_on(house: House, patient: Patient) -> None:
    asks(patient)
    with inside(house.a):
        mails = queries.to_come(house.a, TODAY)
    assert [(mail.day - TODAY, mail.name, mail.why) for mail in mails] == [
        (0 * ONE_DAY, "Alice Amann", "1 urgent"),
        (2 * ONE_DAY, "Dora Dahl", "1 urgent, for the deputy"),
        (5 * ONE_DAY, "Leo Lang", "1 urgent, for the lead"),
    ]
