"""How every step of a follow-up is written: the item and its history together, or neither."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models.functions import Now

from accounts.models import Hospital, Membership
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, State
from monitoring.follow_ups.queries import overdue_days
from patients.actions import summary

# ``Now`` is the moment of the transaction, for steps that follow from another write.
Moment = datetime | Now


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
class Step:
    """What one FollowUpStatus says beyond the item's dates."""

    state: State
    submission: UUID
    reason: str = ""
    cause: str = ""
    happened_on: date | None = None
    note: str = ""


def locked(follow_up: FollowUp, *, by: Membership) -> FollowUp:
    item: FollowUp = FollowUp.objects.visible_to(by).select_for_update().get(pk=follow_up.pk)
    return item


def is_recorded(submission: UUID, *, by: Membership) -> bool:
    """Whether this form was already saved: the second click of a double click."""
    return FollowUpStatus.objects.visible_to(by).filter(submission=submission).exists()


def require_open(item: FollowUp, expected_version: int) -> None:
    require_version(item, expected_version)
    if item.state != State.PLANNED:
        raise NotOpenError(item)


def require_version(item: FollowUp, expected_version: int) -> None:
    if item.version != expected_version:
        raise StaleFollowUpError(item)


def record_all(
    items: Iterable[FollowUp],
    state: State,
    *,
    reason: str = "",
    note: str = "",
    by: Membership,
    now: Moment,
) -> int:
    """Add the same step to each item; how many items that were."""
    written = [record(item, Step(state, uuid4(), reason=reason, note=note), by=by, now=now) for item in items]
    push_overdue(*{item.patient_id for item in written})
    return len(written)


def record_one(item: FollowUp, step: Step, *, by: Membership, now: Moment) -> FollowUp:
    record(item, step, by=by, now=now)
    push_overdue(item.patient_id)
    return item


def record(item: FollowUp, step: Step, *, by: Membership, now: Moment) -> FollowUp:
    """Add the step and let the item's own columns follow it; the summaries are pushed by the caller."""
    item.state = step.state
    item.version += 1
    item.save()
    status_of(item, step, by=by, now=now).save(force_insert=True)
    return item


def status_of(item: FollowUp, step: Step, *, by: Membership, now: Moment) -> FollowUpStatus:
    return FollowUpStatus(
        hospital_id=item.hospital_id,
        patient_id=item.patient_id,
        follow_up=item,
        recorded_at=now,
        recorded_by=by.user,
        state=step.state,
        reason=step.reason,
        cause=step.cause,
        happened_on=step.happened_on,
        earliest=item.earliest,
        due=item.due,
        latest=item.latest,
        note=step.note,
        submission=step.submission,
    )


def push_overdue(*patient_ids: UUID) -> None:
    """Tell the patients' summaries from which day on something is overdue."""
    summary.push_overdue(overdue_days(patient_ids))


def push_overdue_of(hospital: Hospital) -> None:
    """The same for every patient of the hospital with something planned, once it counts overdue anew."""
    push_overdue(*FollowUp.objects.in_hospital(hospital.pk).planned().values_list("patient_id", flat=True))
