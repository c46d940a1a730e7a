"""Reads for reminders: which lines are true on a day, and which digests wait."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Hospital, Membership, User
from monitoring.follow_ups.queries import due_on
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.recipients import recipients_in

LOG_SIZE = 200


@dataclass(frozen=True)
class Line:
    """An item's stage and who is told; the key of a DigestLine."""

    follow_up_id: UUID
    stage: str
    recipient_id: UUID
    counted_from: date


@dataclass(frozen=True)
class TrueLines:
    """What is true on a day. ``nobodys`` counts items that reach no clinician; the admins are told those."""

    lines: tuple[Line, ...]
    nobodys: int


def lines_on(hospital: Hospital, day: date, *, among: Collection[UUID] | None = None) -> TrueLines:
    """Every line that is true on ``day``, told or not, or those about some items."""
    items = due_on(hospital, day, among=among)
    recipients = recipients_in(hospital, (item.follow_up.patient_id for item in items), on=day)
    lines: list[Line] = []
    nobodys = 0
    for item in items:
        told = recipients.of(item)
        nobodys += told.unreached
        lines += [Line(item.follow_up.pk, stage, person, item.counted_from) for stage, person in told.people]
    return TrueLines(tuple(lines), nobodys)


def told_already(hospital_id: UUID, follow_ups: Collection[UUID]) -> set[Line]:
    """The lines about these items that stand in some digest, sent or waiting."""
    rows = DigestLine.objects.filter(hospital_id=hospital_id, follow_up_id__in=follow_ups)
    return {Line(*row) for row in rows.values_list("follow_up_id", "stage", "recipient_id", "counted_from")}


@dataclass(frozen=True)
class ToCome:
    """How many items a person's next digest would tell, as things stand."""

    name: str
    items: int


def to_come(hospital: Hospital, day: date) -> list[ToCome]:
    """Whom the digests of ``day`` would go to if nothing changed until then, by name."""
    lines = lines_on(hospital, day).lines
    told = told_already(hospital.pk, {line.follow_up_id for line in lines})
    counts = Counter(line.recipient_id for line in lines if line not in told)
    people = User.objects.filter(pk__in=counts).order_by("full_name", "pk")
    return [ToCome(person.full_name, counts[person.pk]) for person in people]


def log_of(member: Membership) -> list[Digest]:
    """The newest digests of the member's hospital, whatever became of them."""
    digests = Digest.objects.in_hospital(member.hospital_id).select_related("recipient")
    return list(digests.order_by("-local_date", "-created_at", "pk")[:LOG_SIZE])


def waiting(hospital_id: UUID, now: datetime) -> list[UUID]:
    """The digests that should be sent now."""
    return list(
        Digest.objects.in_hospital(hospital_id)
        .free(now)
        .order_by("created_at", "pk")
        .values_list("pk", flat=True)
    )
