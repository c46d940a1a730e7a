"""Who may answer for follow-ups in a hospital, and for how many somebody answers now."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import Membership, User
from accounts.permissions import Permission
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.querysets import FollowUpQuerySet


@dataclass(frozen=True)
class Answering:
    """Somebody with open items. ``is_able`` is False for who has left or may not manage them any more."""

    user_id: UUID
    name: str
    items: int
    is_able: bool


def able_people(by: Membership) -> list[Membership]:
    """The active members of the hospital who may manage follow-ups, by name."""
    members = Membership.objects.visible_to(by).active().select_related("user")
    ordered = members.order_by("user__full_name", "pk")
    return [member for member in ordered if member.may(Permission.MANAGE_FOLLOW_UPS)]


def answering_people(by: Membership) -> list[Answering]:
    """Everybody who answers for open items or is a deputy: those who cannot act first, then by name."""
    open_items = FollowUp.objects.visible_to(by).open()
    counts: dict[UUID, int] = {}
    for column in ("responsible_id", "deputy_id"):
        rows = open_items.exclude(**{column: None}).values(column).annotate(items=Count("pk"))
        for user_id, items in rows.order_by(column).values_list(column, "items"):
            counts[user_id] = counts.get(user_id, 0) + items
    able = {member.user_id for member in able_people(by)}
    people = User.objects.filter(pk__in=counts).order_by("full_name", "pk")
    answering = [Answering(one.pk, one.full_name, counts[one.pk], one.pk in able) for one in people]
    return sorted(answering, key=lambda one: one.is_able)


def items_of_person(by: Membership, person: User) -> FollowUpQuerySet:
    """The open items the person answers for or is the deputy of, most urgent first."""
    items = FollowUp.objects.visible_to(by).open().filter(Q(responsible=person) | Q(deputy=person))
    return items.select_related("patient", "responsible", "deputy").by_urgency()
