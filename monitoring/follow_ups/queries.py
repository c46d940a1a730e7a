"""Reads over follow-ups: what is due, what is open, and how each item came to where it stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import Hospital, Membership
from accounts.permissions import Permission
from monitoring.follow_ups.models import CalendarFeed, FollowUp, FollowUpStatus
from monitoring.follow_ups.querysets import FollowUpQuerySet
from monitoring.follow_ups.stages import Stage, overdue_from, stages_on, timing_of
from patients.actions.summary import Overdue
from patients.models import Patient

LIST_SIZE = 100
MONTH_SIZE = 2_000
FEED_SIZE = 1_000
# What a stage and its recipients are made from.
_DUE_COLUMNS = ("patient_id", "due", "latest", "overdue_at_once", "state", "responsible_id", "deputy_id")


@dataclass(frozen=True)
class DueItem:
    """An item with its stages on a day."""

    follow_up: FollowUp
    stages: tuple[Stage, ...]

    @property
    def stage(self) -> Stage:
        return self.stages[0]

    @property
    def counted_from(self) -> date:
        return counted_from(self.follow_up, self.stage)


def counted_from(item: FollowUp, stage: Stage) -> date:
    """The due or latest day that the first stage of an item rests on."""
    return item.latest if stage is Stage.OVERDUE else item.due


def due_on(hospital: Hospital, day: date, *, among: Collection[UUID] | None = None) -> list[DueItem]:
    """Every open item of the hospital with a stage on ``day``, or those ``among`` some; for jobs.

    Of a patient who is no longer in care nothing is due. Needs a transaction in the hospital's scope
    (accounts.scope).
    """
    timing = timing_of(hospital)
    items = awaited_until(hospital, day + timing.soon)
    if among is not None:
        items = items.filter(pk__in=among)
    staged = ((item, stages_on(item, day, timing)) for item in items.by_urgency())
    return [DueItem(item, stages) for item, stages in staged if stages]


def awaited_until(hospital: Hospital, day: date) -> FollowUpQuerySet:
    """The open items of the hospital that are due until ``day``, with what stages and recipients need."""
    open_items: FollowUpQuerySet = FollowUp.objects.in_hospital(hospital.pk).open()
    return open_items.due_until(day).only(*_DUE_COLUMNS)


def open_items(member: Membership, *, mine: bool) -> FollowUpQuerySet:
    """What the hospital still expects, or what the member answers for; the most urgent first."""
    items = FollowUp.objects.visible_to(member).open().select_related("patient", "responsible")
    return (items.for_user(member.user) if mine else items).by_urgency()


def due_between(member: Membership, first: date, last: date, *, mine: bool) -> list[FollowUp]:
    """The open items due from ``first`` to ``last``, the first MONTH_SIZE of them."""
    return list(open_items(member, mine=mine).filter(due__range=(first, last))[:MONTH_SIZE])


def feed_of(member: Membership) -> CalendarFeed | None:
    """The member's open calendar feed, None without one."""
    feeds = CalendarFeed.objects.filter(user=member.user_id, hospital=member.hospital_id, closed_at=None)
    return feeds.first()


def member_of_feed(secret_hash: str) -> Membership | None:
    """Whose feed this is; None for a closed one and for who may not see patients there any more."""
    feed = CalendarFeed.objects.filter(secret_hash=secret_hash, closed_at=None).first()
    if feed is None:
        return None
    members = Membership.objects.active().select_related("hospital", "user")
    member = members.filter(user=feed.user_id, hospital=feed.hospital_id).first()
    return member if member is not None and member.may(Permission.VIEW_PATIENTS) else None


def items_of(member: Membership, patient: Patient) -> list[FollowUp]:
    """All items of the patient, by due day."""
    items = FollowUp.objects.visible_to(member).of(patient).select_related("responsible", "deputy")
    return list(items.by_urgency())


def steps_of(member: Membership, patient: Patient) -> dict[UUID, list[FollowUpStatus]]:
    """By item, everything that was decided about it, oldest first."""
    steps: dict[UUID, list[FollowUpStatus]] = {}
    rows = FollowUpStatus.objects.visible_to(member).of(patient).select_related("recorded_by").order_by("id")
    for row in rows:
        steps.setdefault(row.follow_up_id, []).append(row)
    return steps


def states_in_plan(origin: UUID, member: Membership) -> dict[int, str]:
    """By its place in the plan's list, what became of each item of the plan."""
    return dict(FollowUp.objects.visible_to(member).of_plan(origin).values_list("position", "state"))


def late_in_plan(origin: UUID, member: Membership, *, on: date) -> list[FollowUp]:
    """The plan's open items whose window had closed on the day ``on``, by due day."""
    items = FollowUp.objects.visible_to(member).of_plan(origin).planned().filter(latest__lt=on)
    return list(items.order_by("due", "id"))


def overdue_days(patient_ids: Collection[UUID]) -> dict[UUID, Overdue]:
    """By patient, the first day on which one of the planned items is overdue, and which item that is.

    Needs a transaction in the patients' hospital's scope (accounts.scope).
    """
    days: dict[UUID, Overdue] = dict.fromkeys(patient_ids, Overdue())
    planned = FollowUp.objects.filter(patient_id__in=patient_ids).planned()
    for item in planned.select_related("hospital").order_by("due", "id"):
        earlier = days[item.patient_id].day
        first = overdue_from(item, timing_of(item.hospital))
        if earlier is None or first < earlier:
            days[item.patient_id] = Overdue(first, item.title)
    return days
