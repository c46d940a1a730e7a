"""Let an alert rest for a while with a reason, or give it to a colleague."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership, User
from guideline.edition import load_edition
from monitoring.alerts.models import Alert, AlertStep, Happening, NextStep, Reason
from monitoring.alerts.queries import asking_of
from monitoring.follow_ups.local_days import local_day
from patients.actions import summary
from patients.models import Patient


class StaleAlertError(Exception):
    """The alert changed after the form was opened; ``current`` is what stands now."""

    def __init__(self, current: Alert) -> None:
        self.current = current
        super().__init__(f"alert {current.pk} is at version {current.version}")


class AlertEndedError(Exception):
    """The alert is no longer true, so there is nothing to acknowledge."""


class AbsenceError(Exception):
    """The alert is about something missing: it ends with the data, or by closing the follow-up."""


@dataclass(frozen=True)
class Acknowledgement:
    """Why an alert may rest, until which day at the latest, and what is done meanwhile."""

    reason: Reason
    review_on: date
    note: str = ""
    next_step: NextStep | str = ""
    next_step_id: UUID | None = None


@transaction.atomic
def acknowledge(
    *,
    alert: Alert,
    acknowledgement: Acknowledgement,
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> Alert:
    """Silence an alert until new values stand behind it, it becomes more severe, or its review day comes.

    The same submission twice acknowledges once. Raises StaleAlertError, AlertEndedError, AbsenceError, and
    IntegrityError for a review that lies too far off or a critical alert without a next step.
    """
    locked = _locked(alert, submission, expected_version, by=by)
    if locked is None:
        return alert
    if locked.absence:
        raise AbsenceError
    locked.acknowledged_at, locked.acknowledged_by = now, by.user
    locked.acknowledged_on = local_day(by.hospital, now)
    locked.acknowledged_severity = locked.severity
    locked.reason, locked.note = acknowledgement.reason, acknowledgement.note
    locked.review_on = acknowledgement.review_on
    locked.next_step, locked.next_step_id = acknowledgement.next_step, acknowledgement.next_step_id
    step = _step(locked, Happening.ACKNOWLEDGED, submission, by=by, now=now)
    step.reason, step.note = locked.reason, locked.note
    step.review_on, step.next_step = locked.review_on, locked.next_step
    return _saved(locked, step, by=by, now=now)


@transaction.atomic
def hand_over(
    *,
    alert: Alert,
    to: User,
    note: str,
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> Alert:
    """Ask a colleague of the hospital to look after an alert; it goes on asking until it is acknowledged.

    The same submission twice hands over once. Raises StaleAlertError and AlertEndedError.
    """
    locked = _locked(alert, submission, expected_version, by=by)
    if locked is None:
        return alert
    locked.handed_to = to
    step = _step(locked, Happening.HANDED_OVER, submission, by=by, now=now)
    step.handed_to, step.note = to, note
    return _saved(locked, step, by=by, now=now)


def push(patient: Patient, *, on: date, now: datetime) -> None:
    """Tell the patient's summary which alerts ask."""
    asking = asking_of(Alert.objects.of(patient).open(), load_edition(), on=on)
    summary.push_alerts({patient.pk: asking}, now=now)


def _locked(alert: Alert, submission: UUID, expected_version: int, *, by: Membership) -> Alert | None:
    """The alert as it stands; None if this form was saved already."""
    locked: Alert = Alert.objects.visible_to(by).select_for_update().get(pk=alert.pk)
    if AlertStep.objects.visible_to(by).filter(submission=submission).exists():
        return None
    if locked.resolved_at is not None:
        raise AlertEndedError
    if locked.version != expected_version:
        raise StaleAlertError(locked)
    return locked


def _step(
    alert: Alert, happening: Happening, submission: UUID, *, by: Membership, now: datetime
) -> AlertStep:
    return AlertStep(
        hospital_id=alert.hospital_id,
        patient_id=alert.patient_id,
        alert=alert,
        rule=alert.rule,
        happening=happening,
        severity=alert.severity,
        at=now,
        done_by=by.user,
        submission=submission,
    )


def _saved(alert: Alert, step: AlertStep, *, by: Membership, now: datetime) -> Alert:
    alert.version += 1
    alert.save()
    step.save(force_insert=True)
    push(alert.patient, on=local_day(by.hospital, now), now=now)
    return alert
