"""Courses for tests of alerts, written day by day, and the reading of them on a chosen day."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounts.models import Membership
from monitoring.alerts.actions import readings
from monitoring.alerts.models import Alert
from monitoring.results.actions import pet
from monitoring.results.models import PetScan
from patients.actions import record
from patients.models import Patient, Treatment
from tests.monitoring.entries import entry, recorded
from tests.personas import NOW


def treated(patient: Patient, by: Membership, started_on: str = "2025-01-10", **changes: Any) -> Treatment:
    values = {"kind": "systemic", "name": "Len-dex", "started_on": date.fromisoformat(started_on)} | changes
    return record.give_treatment(patient=patient, values=values, submission=uuid4(), by=by, now=NOW)


def radiated(patient: Patient, by: Membership, ended_on: str, **changes: Any) -> Treatment:
    """Definitive radiation whose last fraction was on the day."""
    end = date.fromisoformat(ended_on)
    course = {"kind": "radiation", "name": "50 Gy", "intent": "definitive", "stop_reason": "completed"}
    return treated(patient, by, (end.replace(day=1)).isoformat(), ended_on=end, **course | changes)


def measured(patient: Patient, by: Membership, *values: tuple[str, str], **changes: Any) -> None:
    """Plasma VEGF of one laboratory: day and value."""
    recorded(patient, by, *(entry(value, on, **changes) for on, value in values))


def scanned(patient: Patient, by: Membership, on: str, **changes: Any) -> PetScan:
    usual: dict[str, Any] = {
        "scanned_on": date.fromisoformat(on),
        "scanned_precision": "day",
        "tracer": "fdg",
        "sum_suv_max": Decimal("14.2"),
        "avid_lesions": 2,
        "new_lesion": False,
        "lesions": [],
        "laboratory": "",
        "report": "",
    }
    whole: Any = usual | changes
    return pet.record(patient=patient, entry=whole, submission=uuid4(), by=by, now=NOW)


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=UTC)


def read_on(patient: Patient, day: str) -> dict[str, Alert]:
    """The open alerts by rule after the course was read on the day."""
    on = date.fromisoformat(day)
    readings.read(hospital_id=patient.hospital_id, patient_ids=[patient.pk], on=on, now=noon(day))
    return {alert.rule: alert for alert in Alert.objects.of(patient).open()}


# Two values that fell to normal, and what comes after them.
BASELINE = (("2025-01-02", "1450"), ("2025-06-02", "300"), ("2025-11-03", "200"))
RISE = ("2026-02-02", "420")
SECOND_RISE = ("2026-03-16", "480")
