"""Schedule, move, finish, close and cancel follow-ups: the only code that writes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from accounts.models import Hospital, Membership, User
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, Reason, State
from monitoring.follow_ups.queries import overdue_days
from monitoring.follow_ups.schedule import PlannedItem
from patients.actions import summary
from patients.models import Patient


class StaleFollowUpError(Exception):
    """Somebody changed the item after this form was opened; ``current`` is what stands now."""

    def __init__(self, current: FollowUp) -> None:
        self.current = current
        super().__init__(f"follow-up {current.pk} is at version {current.version}")


class NotOpenError(Exception):
    """The item is no longer planned, so there is nothing to move or close."""

    def __init__(self, current: FollowUp) -> None:
        self.current = current
        super().__init__(f"follow-up {current.pk} is {current.state}")


@dataclass(frozen=True)
class _Step:
    """What one FollowUpStatus says beyond the item's dates."""

    state: State
    submission: UUID
    reason: str = ""
    happened_on: date | None = None
    note: str = ""


@transaction.atomic
def schedule(
    *,
    patient: Patient,
    items: Sequence[PlannedItem],
    origin: UUID,
    responsible: User,
    by: Membership,
    now: datetime,
) -> list[FollowUp]:
    """Store the items of the plan ``origin``; the same plan twice returns what the first call stored.

    An item whose window had closed before ``now`` was never awaited: it is *not expected*, never overdue.
    """
    stored = list(FollowUp.objects.visible_to(by).of_plan(origin).order_by("position"))
    if stored:
        return stored
    today = local_day(by.hospital, now)
    follow_ups = [
        FollowUp(
            hospital=by.hospital,
            patient=patient,
            recorded_at=now,
            recorded_by=by.user,
            kind=item.kind,
            title=item.title,
            anchor=item.anchor,
            anchored_on=item.anchored_on,
            earliest=item.earliest,
            due=item.due,
            latest=item.latest,
            overdue_at_once=item.overdue_at_once,
            responsible_id=item.responsible_id or responsible.pk,
            deputy_id=item.deputy_id,
            origin=origin,
            position=position,
            state=State.NOT_EXPECTED if item.latest < today else State.PLANNED,
        )
        for position, item in enumerate(items)
    ]
    FollowUp.objects.bulk_create(follow_ups)
    FollowUpStatus.objects.bulk_create(
        _status(item, _Step(State(item.state), uuid4()), by=by, now=now) for item in follow_ups
    )
    push_overdue(patient.pk)
    return follow_ups


@transaction.atomic
def reschedule(
    *,
    follow_up: FollowUp,
    earliest: date,
    due: date,
    latest: date,
    note: str = "",
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> FollowUp:
    """Give an open item another window. Raises StaleFollowUpError or NotOpenError."""
    item = _locked(follow_up, by=by)
    if _is_recorded(submission, by=by):
        return item
    _require_open(item, expected_version)
    item.earliest, item.due, item.latest = earliest, due, latest
    return _record_one(item, _Step(State.PLANNED, submission, note=note), by=by, now=now)


@transaction.atomic
def done(
    *,
    follow_up: FollowUp,
    done_on: date,
    note: str = "",
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> FollowUp:
    """Note that an open item was carried out on ``done_on``. Raises StaleFollowUpError or NotOpenError."""
    item = _locked(follow_up, by=by)
    if _is_recorded(submission, by=by):
        return item
    _require_open(item, expected_version)
    return _record_one(item, _Step(State.DONE, submission, happened_on=done_on, note=note), by=by, now=now)


@transaction.atomic
def close(
    *,
    follow_up: FollowUp,
    reason: Reason,
    happened_on: date | None = None,
    note: str = "",
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> FollowUp:
    """End an open item that was not carried out here. Raises StaleFollowUpError or NotOpenError."""
    item = _locked(follow_up, by=by)
    if _is_recorded(submission, by=by):
        return item
    _require_open(item, expected_version)
    step = _Step(State.CLOSED, submission, reason=reason, happened_on=happened_on, note=note)
    return _record_one(item, step, by=by, now=now)


@transaction.atomic
def cancel_plan(*, origin: UUID, by: Membership, now: datetime) -> int:
    """Cancel what is still open of a plan that was superseded or withdrawn; how many items that were."""
    planned = FollowUp.objects.visible_to(by).planned().of_plan(origin).select_for_update().order_by("id")
    return _record_all(planned, State.CANCELLED, by=by, now=now)


@transaction.atomic
def close_all(*, patient: Patient, reason: Reason, by: Membership, now: datetime) -> int:
    """Close everything still planned of a patient whose care here ended; how many items that were."""
    planned = FollowUp.objects.visible_to(by).planned().of(patient).select_for_update().order_by("id")
    return _record_all(planned, State.CLOSED, reason=reason, by=by, now=now)


@transaction.atomic
def plan_again(
    *, patient: Patient, reason: Reason, closed_at: datetime, by: Membership, now: datetime
) -> int:
    """Take ``close_all`` of that moment back, item by item; how many items are planned again."""
    closed = FollowUp.objects.visible_to(by).of(patient).filter(state=State.CLOSED)
    steps = FollowUpStatus.objects.visible_to(by).filter(reason=reason, recorded_at=closed_at)
    items = closed.filter(pk__in=steps.values("follow_up")).select_for_update().order_by("id")
    return _record_all(items, State.PLANNED, by=by, now=now)


@transaction.atomic
def hand_over(*, patient: Patient, responsible: User, by: Membership) -> int:
    """Give everything still planned of a patient to another person; how many items that were."""
    planned = FollowUp.objects.visible_to(by).planned().of(patient)
    return planned.update(responsible=responsible, deputy=None, version=F("version") + 1)


def push_overdue(*patient_ids: UUID) -> None:
    """Tell the patients' summaries from which day on something is overdue."""
    summary.push_overdue(overdue_days(patient_ids))


def push_overdue_of(hospital: Hospital) -> None:
    """The same for every patient of the hospital with something planned, once it counts overdue anew."""
    push_overdue(*FollowUp.objects.in_hospital(hospital.pk).planned().values_list("patient_id", flat=True))


def _record_all(
    items: Iterable[FollowUp], state: State, *, reason: str = "", by: Membership, now: datetime
) -> int:
    """Add the same step to each item; how many items that were."""
    written = [_record(item, _Step(state, uuid4(), reason=reason), by=by, now=now) for item in items]
    push_overdue(*{item.patient_id for item in written})
    return len(written)


def _record_one(item: FollowUp, step: _Step, *, by: Membership, now: datetime) -> FollowUp:
    _record(item, step, by=by, now=now)
    push_overdue(item.patient_id)
    return item


def _locked(follow_up: FollowUp, *, by: Membership) -> FollowUp:
    item: FollowUp = FollowUp.objects.visible_to(by).select_for_update().get(pk=follow_up.pk)
    return item


def _is_recorded(submission: UUID, *, by: Membership) -> bool:
    """Whether this form was already saved: the second click of a double click."""
    return FollowUpStatus.objects.visible_to(by).filter(submission=submission).exists()


def _require_open(item: FollowUp, expected_version: int) -> None:
    if item.version != expected_version:
        raise StaleFollowUpError(item)
    if item.state != State.PLANNED:
        raise NotOpenError(item)


def _record(item: FollowUp, step: _Step, *, by: Membership, now: datetime) -> FollowUp:
    """Add the step and let the item's own columns follow it."""
    item.state = step.state
    item.version += 1
    item.save()
    _status(item, step, by=by, now=now).save(force_insert=True)
    return item


def _status(item: FollowUp, step: _Step, *, by: Membership, now: datetime) -> FollowUpStatus:
    return FollowUpStatus(
        hospital_id=item.hospital_id,
        patient_id=item.patient_id,
        follow_up=item,
        recorded_at=now,
        recorded_by=by.user,
        state=step.state,
        reason=step.reason,
        happened_on=step.happened_on,
        earliest=item.earliest,
        due=item.due,
        latest=item.latest,
        note=step.note,
        submission=step.submission,
    )
