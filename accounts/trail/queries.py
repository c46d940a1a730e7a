"""Reads over the trail: pages that stay in place, whoever adds rows meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from accounts.models import Membership, User
from accounts.trail.models import AccessEvent

PAGE_SIZE = 50
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Wanted:
    """Which rows: all that is said must be true; what is not said is not asked."""

    user_id: UUID | None = None
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    patient_ids: tuple[UUID, ...] | None = None
    emergency: bool = False

    def narrow(self, events: "QuerySet[AccessEvent]") -> "QuerySet[AccessEvent]":
        if self.user_id:
            events = events.filter(user_id=self.user_id)
        if self.kinds:
            events = events.filter(kind__in=self.kinds)
        if self.since:
            events = events.filter(at__gte=self.since)
        if self.before:
            events = events.filter(at__lt=self.before)
        if self.patient_ids is not None:
            events = events.filter(patient_id__in=self.patient_ids)
        return events.filter(grant_id__isnull=False) if self.emergency else events


@dataclass(frozen=True)
class Place:
    """Where a page begins: after this row, counting backwards in time."""

    at: datetime
    event_id: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place an address names; None for text that names none."""
        moment, _, number = text.partition("~")
        try:
            at = parse_datetime(moment)
        except ValueError:
            return None
        if at is None or at.tzinfo is None:
            return None
        is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
        return cls(at, int(number)) if is_number else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.event_id}"


@dataclass(frozen=True)
class TrailPage:
    """Rows newest first; ``older`` is where the next page begins, None at the end."""

    events: list[AccessEvent]
    older: Place | None


def about_patients(patient_ids: Iterable[UUID]) -> "QuerySet[AccessEvent]":
    """What people did with these records, in whichever hospital; behind the wall of row-level security."""
    return AccessEvent.objects.filter(patient_id__in=list(patient_ids), user__isnull=False)


def people_of(events: "QuerySet[AccessEvent]") -> list[tuple[str, str]]:
    """Ids and names of everybody in these rows, by name (one query)."""
    found = User.objects.filter(pk__in=events.values("user_id")).order_by("full_name")
    return [(str(user.pk), user.full_name) for user in found]


def log_of(member: Membership) -> "list[QuerySet[AccessEvent]]":
    """The rows of the member's hospital, and those of no hospital and no person: each has its index."""
    everybody = AccessEvent.objects.filter(hospital=None, user=None)
    return [AccessEvent.objects.filter(hospital_id=member.hospital_id), everybody]


def page_of(
    sources: "Sequence[QuerySet[AccessEvent]]", wanted: Wanted, *, after: Place | None, size: int = PAGE_SIZE
) -> TrailPage:
    """One page over the sources together; one query for each."""
    found: list[AccessEvent] = []
    for source in sources:
        events = wanted.narrow(source)
        if after:
            earlier = Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.event_id)
            events = events.filter(earlier, at__lte=after.at)
        found += events.select_related("user").order_by("-at", "-pk")[: size + 1]
    found.sort(key=lambda event: (event.at, event.pk), reverse=True)
    page = found[:size]
    return TrailPage(page, Place(page[-1].at, page[-1].pk) if len(found) > size else None)
