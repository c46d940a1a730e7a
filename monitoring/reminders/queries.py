"""Reads for reminders: which lines are true on a day, and which digests wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Hospital
from monitoring.follow_ups.queries import due_on
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.recipients import recipients_in


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


def waiting(hospital_id: UUID, now: datetime) -> list[UUID]:
    """The digests that should be sent now."""
    return list(
        Digest.objects.in_hospital(hospital_id)
        .free(now)
        .order_by("created_at", "pk")
        .values_list("pk", flat=True)
    )
