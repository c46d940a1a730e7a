"""Alerts that ask, are answered and are told of."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from accounts.models import Membership
from monitoring.alerts.actions import acknowledging
from monitoring.alerts.actions.acknowledging import Acknowledgement
from monitoring.alerts.models import Alert, AlertStep, NextStep, Reason
from patients.models import Patient
from tests.monitoring.reminders.builders import (
    DUE_MORNING,
    inside,
    lines_in,
    sweep_and_send,
)
from tests.personas import House

ONE_DAY = timedelta(days=1)
TODAY = DUE_MORNING.date()
# An hour after midnight in Berlin and still the day before in universal time.
RAISED = datetime(2026, 5, 31, 23, 0, tzinfo=UTC)
ALICES, DORAS, LEOS = ("urgent", "Alice Amann"), ("urgent_deputy", "Dora Dahl"), ("urgent_lead", "Leo Lang")


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
