"""Keep the summary of a patient in step with the record."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from patients.models import Patient, PatientSummary
from patients.queries.standing import standing_of


@transaction.atomic
def refresh(*, patient: Patient, now: datetime) -> PatientSummary:
    """Compute the summary anew from the record as it stands at ``now``."""
    summary, _ = PatientSummary.objects.update_or_create(
        patient=patient,
        defaults={
            "hospital_id": patient.hospital_id,
            "computed_at": now,
            **asdict(standing_of(patient, on=now.date())),
        },
    )
    return summary


@dataclass(frozen=True)
class Overdue:
    """The first day on which something is overdue, and what that is."""

    day: date | None = None
    title: str = ""


@dataclass(frozen=True)
class Asking:
    """The alerts of a patient that ask for attention; the names are those of the columns."""

    worst_alert: str = ""
    alert_count: int = 0
    alert_rule: str = ""
    alert_since: date | None = None
    alert_urgency: int | None = None


@transaction.atomic
def push_overdue(overdue: Mapping[UUID, Overdue]) -> None:
    """Store, by patient, from which day on what is overdue; Overdue() where nothing is awaited.

    Monitoring knows; the list shows. Only rows that change are written.
    """
    changed = []
    for row in PatientSummary.objects.filter(patient_id__in=overdue):
        told = overdue[row.patient_id]
        if (row.overdue_from, row.overdue_title) != (told.day, told.title):
            row.overdue_from, row.overdue_title = told.day, told.title
            changed.append(row)
    PatientSummary.objects.bulk_update(changed, ["overdue_from", "overdue_title"])


@transaction.atomic
def push_alerts(asking: Mapping[UUID, Asking], *, read_on: date | None = None, now: datetime) -> None:
    """Store, by patient, which alerts ask; ``read_on``: the hospital's day the courses were read for."""
    rows = PatientSummary.objects.filter(patient_id__in=asking)
    columns = list(asdict(Asking()))
    changed = []
    for row in rows:
        told = asdict(asking[row.patient_id])
        if any(getattr(row, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(row, name, value)
            changed.append(row)
    PatientSummary.objects.bulk_update(changed, columns)
    if read_on is not None:
        rows.update(alerts_read_on=read_on, alerts_read_at=now)
