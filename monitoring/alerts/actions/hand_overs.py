"""Who looks after an alert instead of the patient's team."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import Membership, User
from monitoring.alerts.models import Alert, AlertStep, Happening
from patients.models import Patient


def end_all(*, patient: Patient) -> None:
    """Leave every open alert of the patient to the team again."""
    handed = Alert.objects.of(patient).open().exclude(handed_to=None)
    handed.update(handed_to=None, version=F("version") + 1)


@transaction.atomic
def hand_over_all(*, person: User, to: User, by: Membership, now: datetime) -> int:
    """Give every open alert that was handed to ``person`` in the hospital to ``to``; how many that were.

    For somebody who leaves: the admin who does it may read none of them.
    """
    given = list(handed_to(person, by).select_for_update())
    for alert in given:
        alert.handed_to = to
        alert.version += 1
        alert.save(update_fields=["handed_to", "version"])
    AlertStep.objects.bulk_create(_step(alert, person, to, by, now) for alert in given)
    return len(given)


def handed_to(person: User, by: Membership) -> QuerySet[Alert]:
    """The open alerts of the hospital that the person was asked to look after."""
    found: QuerySet[Alert] = Alert.objects.in_hospital(by.hospital_id).open().filter(handed_to=person)
    return found


def _step(alert: Alert, person: User, to: User, by: Membership, now: datetime) -> AlertStep:
    return AlertStep(
        hospital_id=alert.hospital_id,
        patient_id=alert.patient_id,
        alert=alert,
        rule=alert.rule,
        happening=Happening.HANDED_OVER,
        severity=alert.severity,
        at=now,
        done_by=by.user,
        note=f"Handed over from {person.full_name}.",
        handed_to=to,
    )
