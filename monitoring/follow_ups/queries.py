"""Reads over follow-ups: what is due, what is open, and how each item came to where it stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import Membership
from monitoring.follow_ups.models import FollowUp, FollowUpStatus
from monitoring.follow_ups.querysets import FollowUpQuerySet
from monitoring.follow_ups.stages import DEFAULT_TIMING, Stage, Timing, overdue_from, stage_on
from patients.models import Patient

LIST_SIZE = 100


@dataclass(frozen=True)
class DueItem:
    """An item with its stage on a day; ``counted_from`` is the due or latest day that stage rests on."""

    follow_up: FollowUp
    stage: Stage

    @property
    def counted_from(self) -> date:
        return self.follow_up.latest if self.stage is Stage.OVERDUE else self.follow_up.due


def due_on(
    hospital_id: UUID,
    day: date,
    *,
    timing: Timing = DEFAULT_TIMING,
    among: Collection[UUID] | None = None,
) -> list[DueItem]:
    """Every open item of the hospital with a stage on ``day``, or those ``among`` some; for jobs.

    Needs a transaction in the hospital's scope (accounts.scope).
    """
    items = FollowUp.objects.in_hospital(hospital_id).open().due_until(day + timing.soon)
    if among is not None:
        items = items.filter(pk__in=among)
    staged = ((item, stage_on(item, day, timing)) for item in items.by_urgency())
    return [DueItem(item, stage) for item, stage in staged if stage is not None]


def open_items(member: Membership, *, mine: bool) -> FollowUpQuerySet:
    """What the hospital still expects, or what the member answers for; the most urgent first."""
    items = FollowUp.objects.visible_to(member).open().select_related("patient", "responsible")
    return (items.for_user(member.user) if mine else items).by_urgency()


def items_of(member: Membership, patient: Patient) -> list[FollowUp]:
    """All items of the patient, by due day."""
    items = FollowUp.objects.visible_to(member).of(patient).select_related("responsible")
    return list(items.by_urgency())


def steps_of(member: Membership, patient: Patient) -> dict[UUID, list[FollowUpStatus]]:
    """By item, everything that was decided about it, oldest first."""
    steps: dict[UUID, list[FollowUpStatus]] = {}
    rows = FollowUpStatus.objects.visible_to(member).of(patient).select_related("recorded_by").order_by("id")
    for row in rows:
        steps.setdefault(row.follow_up_id, []).append(row)
    return steps


def overdue_days(patient_ids: Collection[UUID]) -> dict[UUID, date | None]:
    """By patient, the first day on which one of the planned items is overdue; None where nothing is planned.

    Needs a transaction in the patients' hospital's scope (accounts.scope).
    """
    days: dict[UUID, date | None] = dict.fromkeys(patient_ids)
    planned = FollowUp.objects.filter(patient_id__in=patient_ids).planned()
    for item in planned.only("patient_id", "latest", "overdue_at_once"):
        earlier = days[item.patient_id]
        first = overdue_from(item)
        days[item.patient_id] = min(earlier, first) if earlier else first
    return days
