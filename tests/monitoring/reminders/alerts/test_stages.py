"""Alerts in the digest: what is told when, and a critical one that nobody answers goes on to others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Hospital
from monitoring.alerts.models import Alert
from monitoring.reminders.courier import Outcome
from monitoring.reminders.models import DigestLine
from monitoring.reminders.sweeping import sweep
from patients.models import Patient
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
from tests.monitoring.reminders.alerts.builders import (
    ALICES,
    DORAS,
    LEOS,
    ONE_DAY,
    TODAY,
    acknowledge,
    asks,
    happened,
    told_by,
)
from tests.monitoring.reminders.builders import (
    DUE_MORNING,
    inside,
    lines_in,
    send,
    sweep_and_send,
)
from tests.monitoring.reminders.test_mails import FORBIDDEN, everything_said
from tests.personas import House


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


def test_without_decision_support_no_alert_is_told(house: House, patient: Patient, mailbox, settings) -> None:
    settings.CDS_ENABLED = False
    asks(patient)
    assert (sweep_and_send(), mailbox.newest()) == ([], [])
