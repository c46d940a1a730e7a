"""Compute every patient's summary anew, hospital by hospital."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import Hospital
from accounts.scope import hospital_scope
from monitoring.alerts.actions import readings
from monitoring.follow_ups.actions import follow_ups
from patients.actions import summary
from patients.models import Patient


class Command(BaseCommand):
    help = "Rebuild what lists and identity strips show, after a change of the guideline's content."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for hospital in Hospital.objects.order_by("name"):
            with hospital_scope(hospital.pk, actor="rebuild_summaries"):
                patients = list(Patient.objects.filter(hospital=hospital))
                for patient in patients:
                    summary.refresh(patient=patient, now=now)
                follow_ups.push_overdue(*(patient.pk for patient in patients))
                readings.push_alerts(hospital=hospital, patient_ids=[one.pk for one in patients], now=now)
            self.stdout.write(f"{hospital.name}: {len(patients)} summaries")
