"""Keep the summary of a patient in step with the record."""

from dataclasses import asdict
from datetime import datetime

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
