"""Which alerts ask somebody to act, and since when: what reminders tell of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from accounts.models import Hospital
from monitoring.alerts.models import AlertStep, Happening
from monitoring.follow_ups.local_days import local_day
from patients.models import Care

# Steps from which on an alert asks anew.
_ASKS_FROM = (Happening.RAISED, Happening.MORE_SEVERE, Happening.RETURNED)
# Information is good to know and nothing has to be done (the content's glossary), so nobody is mailed.
_TO_ACT_ON = ("critical", "warning")
_COLUMNS = ("pk", "alert__severity", "patient_id", "alert__handed_to_id", "at")


@dataclass(frozen=True)
class WaitingAlert:
    """An alert that nobody has acknowledged since the step ``step_id``, on the hospital's day ``since``."""

    step_id: int
    is_critical: bool
    patient_id: UUID
    handed_to_id: UUID | None
    since: date


def waiting_alerts(hospital: Hospital, *, among: Collection[int] | None = None) -> list[WaitingAlert]:
    """The alerts of patients in care that somebody must act on, or those that ask by one of these steps.

    A raised severity, a new value and a review day bring an acknowledged alert back: a new step, from which
    it waits anew. None where decision support is switched off. Needs a transaction in the hospital's scope.
    """
    if not settings.CDS_ENABLED:
        return []
    steps = AlertStep.objects.in_hospital(hospital.pk).filter(happening__in=_ASKS_FROM)
    steps = steps.filter(alert__resolved_at=None, alert__acknowledged_at=None)
    steps = steps.filter(alert__severity__in=_TO_ACT_ON, alert__patient__care=Care.IN_CARE)
    if among is not None:
        asked = AlertStep.objects.in_hospital(hospital.pk).filter(pk__in=among)
        steps = steps.filter(alert__in=asked.values("alert"))
    newest = steps.order_by("alert", "-pk").distinct("alert").values_list(*_COLUMNS)
    return [
        WaitingAlert(pk, severity == "critical", patient_id, handed_to_id, local_day(hospital, at))
        for pk, severity, patient_id, handed_to_id, at in newest
        if among is None or pk in among
    ]
