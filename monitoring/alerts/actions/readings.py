"""Read courses again and let alerts, their steps and the patients' summaries follow."""

import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.models import Hospital
from guideline.edition import load_edition
from monitoring.alerts.findings import Awaited, Findings, findings_of
from monitoring.alerts.models import Alert, AlertStep, Mark
from monitoring.alerts.queries import asking_of, awaited_of, next_to_read
from monitoring.alerts.reconciling import Changes, reconcile
from monitoring.course.queries import PatientHistory, histories_of
from monitoring.follow_ups.local_days import local_day
from patients.actions import summary
from patients.models import Care, Patient

logger = logging.getLogger(__name__)

# Courses read in one transaction: enough to share queries, few enough that nobody waits for a lock.
BATCH = 200
COLUMNS = [
    field.name for field in Alert._meta.concrete_fields if field.name not in {"id", "hospital", "patient"}
]
_ONE_READER = "SELECT pg_advisory_xact_lock(hashtextextended('alerts ' || %s, 0))"


@transaction.atomic
def read_next(*, hospital_id: UUID, now: datetime) -> int:
    """Read up to BATCH courses that are to be read; how many. Needs the hospital's scope (accounts.scope).

    One reader per hospital at a time: a second waits, and reads what the first did not see.
    """
    _be_the_one_reader(hospital_id)
    hospital = Hospital.objects.get(pk=hospital_id)
    on = local_day(hospital, now)
    to_read = next_to_read(hospital_id, on=on, most=BATCH)
    _read(hospital, to_read.patient_ids, on=on, now=now)
    # Only the marks that were seen before the data were read: a later one is for the next reading.
    Mark.objects.filter(pk__in=to_read.mark_ids).delete()
    return len(to_read.patient_ids)


@transaction.atomic
def read(*, hospital_id: UUID, patient_ids: Collection[UUID], on: date, now: datetime) -> None:
    """Read these courses of the hospital as on its day ``on``, whether they were marked or not."""
    _read(Hospital.objects.get(pk=hospital_id), patient_ids, on=on, now=now)


@transaction.atomic
def read_if_marked(*, patient: Patient, on: date, now: datetime) -> None:
    """Read the patient's course now if it changed since the last reading, so that a page is up to date."""
    if not Mark.objects.filter(patient=patient).exists():
        return
    _be_the_one_reader(patient.hospital_id)
    marks = list(Mark.objects.filter(patient=patient).values_list("id", flat=True))
    _read(Hospital.objects.get(pk=patient.hospital_id), [patient.pk], on=on, now=now)
    Mark.objects.filter(pk__in=marks).delete()


@transaction.atomic
def push_alerts(*, hospital: Hospital, patient_ids: Collection[UUID], now: datetime) -> None:
    """Tell the patients' summaries which alerts ask, from the alerts as they stand; nothing is read again."""
    on, edition = local_day(hospital, now), load_edition()
    standing: dict[UUID, list[Alert]] = {patient_id: [] for patient_id in patient_ids}
    for alert in Alert.objects.in_hospital(hospital.pk).open().filter(patient_id__in=patient_ids):
        standing[alert.patient_id].append(alert)
    asking = {pk: asking_of(alerts, edition, on=on) for pk, alerts in standing.items()}
    summary.push_alerts(asking, now=now)


def _be_the_one_reader(hospital_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_READER, [str(hospital_id)])


def _read(hospital: Hospital, patient_ids: Collection[UUID], *, on: date, now: datetime) -> None:
    # In the order in which every reader takes them.
    standing: dict[UUID, list[Alert]] = defaultdict(list)
    rows = Alert.objects.in_hospital(hospital.pk).open().filter(patient_id__in=patient_ids)
    for alert in rows.select_for_update().order_by("id"):
        standing[alert.patient_id].append(alert)
    patients = Patient.objects.filter(hospital=hospital, pk__in=patient_ids)
    in_care = {pk: care == Care.IN_CARE for pk, care in patients.values_list("pk", "care")}
    cared_for = [pk for pk, cares in in_care.items() if cares]
    histories = histories_of(cared_for, as_of=on)
    awaited = awaited_of(hospital, cared_for, on=on)
    changes, asking, edition = Changes(now), {}, load_edition()
    for pk in sorted(in_care):
        findings = None
        if in_care[pk]:
            findings = _findings(pk, histories[pk], awaited[pk])
            if findings is None:
                continue
        kept = reconcile(standing[pk], findings, changes, patient_id=pk, hospital_id=hospital.pk, on=on)
        asking[pk] = asking_of(kept, edition, on=on)
    _save(changes)
    summary.push_alerts(asking, read_on=on, now=now)


def _findings(patient_id: UUID, history: PatientHistory, awaited: Awaited) -> Findings | None:
    """What the guideline finds; None, and an error in the log, where it cannot read the record."""
    try:
        return findings_of(history.parsed, load_edition(), awaited)
    except Exception:
        # One record that cannot be read silences no other; its alerts stay as they were read last.
        logger.exception("the course of patient %s was not read", patient_id)
        return None


def _save(changes: Changes) -> None:
    Alert.objects.bulk_create(changes.new)
    Alert.objects.bulk_update(changes.changed, COLUMNS, batch_size=500)
    AlertStep.objects.bulk_create(changes.steps)
