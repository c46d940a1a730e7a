"""Reads for alerts: what is to be read again, what follow-ups say, and which alerts ask."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts.models import Hospital
from guideline.edition import Edition
from monitoring.alerts.findings import Awaited, severity_rank
from monitoring.alerts.models import Alert, Mark
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, State
from patients.actions.summary import Asking
from patients.models import Care, PatientSummary

# Places on the worklist: what must not wait, critical, warning; an overdue follow-up; information.
FIRST, CRITICAL, WARNING, OVERDUE, INFO = range(5)
_PLACES = {"critical": CRITICAL, "warning": WARNING, "info": INFO}


@dataclass(frozen=True)
class ToRead:
    """Patients whose courses are to be read again, and the marks that ask for it."""

    patient_ids: tuple[UUID, ...]
    mark_ids: tuple[int, ...]


def next_to_read(hospital_id: UUID, *, on: date, most: int) -> ToRead:
    """Whoever was marked, then whoever was not read on the hospital's day ``on``; at most so many."""
    marks = Mark.objects.in_hospital(hospital_id).order_by("id").values_list("id", "patient_id")
    marked: dict[UUID, list[int]] = defaultdict(list)
    for mark_id, patient_id in marks[: most * 10]:
        if patient_id in marked or len(marked) < most:
            marked[patient_id].append(mark_id)
    ids = list(marked)
    if len(ids) < most:
        ids += list(_unread(hospital_id, on=on).exclude(pk__in=ids).order_by("pk")[: most - len(ids)])
    return ToRead(tuple(ids), tuple(mark for found in marked.values() for mark in found))


def is_anything_to_read(hospital_id: UUID, *, on: date) -> bool:
    return Mark.objects.in_hospital(hospital_id).exists() or _unread(hospital_id, on=on).exists()


def _unread(hospital_id: UUID, *, on: date) -> "QuerySet[PatientSummary, UUID]":
    in_care = PatientSummary.objects.filter(hospital_id=hospital_id, patient__care=Care.IN_CARE)
    return in_care.exclude(alerts_read_on__gte=on).values_list("pk", flat=True)


def awaited_of(hospital: Hospital, patient_ids: Collection[UUID], *, on: date) -> dict[UUID, Awaited]:
    """What the follow-ups of these patients say about missing examinations on the day ``on``."""
    open_kinds: dict[UUID, set[str]] = defaultdict(set)
    planned = FollowUp.objects.filter(patient_id__in=patient_ids).planned().filter(earliest__lte=on)
    for patient_id, kind in planned.values_list("patient_id", "kind"):
        open_kinds[patient_id].add(kind)
    closed: dict[UUID, dict[str, date]] = defaultdict(dict)
    steps = FollowUpStatus.objects.filter(patient_id__in=patient_ids, state=State.CLOSED).order_by("id")
    zone = ZoneInfo(hospital.time_zone)
    for patient_id, kind, at in steps.values_list("patient_id", "follow_up__kind", "recorded_at"):
        closed[patient_id][kind] = at.astimezone(zone).date()
    return {
        patient_id: Awaited(frozenset(open_kinds[patient_id]), closed[patient_id])
        for patient_id in patient_ids
    }


def asking_of(alerts: Iterable[Alert], edition: Edition, *, on: date) -> Asking:
    """What lists show of a patient's open alerts: how many ask, and the most urgent of them."""
    asking = [alert for alert in alerts if _asks(alert, on)]
    if not asking:
        return Asking()
    worst = min(asking, key=lambda alert: urgency_of(alert, edition))
    waits = any(edition.alert(alert.rule).first for alert in asking)
    return Asking(
        worst_alert=worst.severity,
        alert_count=len(asking),
        alert_rule=worst.rule,
        alert_since=worst.since,
        alert_urgency=FIRST if waits else _PLACES[worst.severity],
    )


def urgency_of(alert: Alert, edition: Edition) -> tuple[int, bool, date, str]:
    """For sorting: the most severe first, then what must not wait, then what is true longest."""
    entry = edition.alert(alert.rule)
    return severity_rank(alert.severity), not entry.first, alert.since, alert.rule


def _asks(alert: Alert, on: date) -> bool:
    return alert.acknowledged_at is None or (alert.review_on is not None and alert.review_on <= on)
