"""Keep the summary of a patient in step with the record."""

from collections.abc import Mapping
from dataclasses import asdict
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


@transaction.atomic
def push_overdue(overdue_from: Mapping[UUID, date | None]) -> None:
    """Store, by patient, the first day on which something is overdue; None where nothing is awaited.

    Monitoring knows; the list shows. Only rows that change are written.
    """
    summaries = PatientSummary.objects.filter(patient_id__in=overdue_from)
    changed = [row for row in summaries if row.overdue_from != overdue_from[row.patient_id]]
    for row in changed:
        row.overdue_from = overdue_from[row.patient_id]
    PatientSummary.objects.bulk_update(changed, ["overdue_from"])
