"""Take digests before sending them (docs/adr/0008)."""

import os
import socket
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import Hospital
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.stages import Stage
from monitoring.reminders.lines import Line
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.queries import lines_on

_FREE = {"claimed_at": None, "claimed_by": "", "lease_until": None}


@dataclass(frozen=True)
class Claim:
    """A digest that is ours to send until the lease runs out; ``counts`` is all its mail will say."""

    hospital_id: UUID
    digest_id: UUID
    message_id: str
    address: str
    counts: Mapping[Stage, int]
    attempts: int


@transaction.atomic(savepoint=False)
def claim(*, hospital_id: UUID, digest_ids: Collection[UUID], now: datetime) -> list[Claim]:
    """Take those of the digests that nobody holds and that still have something to say.

    Left out are what is sent, held or gone, and digests without any line that is still true, which are
    closed unsent. The caller commits before it sends: a claim that dies with its worker must be there to
    run out.
    """
    free = (
        Digest.objects.in_hospital(hospital_id)
        .free(now)
        .filter(pk__in=digest_ids)
        .order_by("created_at", "pk")
    )
    digests = list(free.select_related("recipient").select_for_update(skip_locked=True, of=("self",)))
    counts = _keep_true_lines(Hospital.objects.get(pk=hospital_id), digests, now)
    empty = [digest.pk for digest in digests if not counts[digest.pk]]
    Digest.objects.filter(pk__in=empty).update(closed_unsent_at=now, **_FREE)
    Digest.objects.filter(pk__in=[digest.pk for digest in digests]).exclude(pk__in=empty).update(
        claimed_at=now,
        claimed_by=worker_name(),
        lease_until=now + timedelta(seconds=settings.REMINDER_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    return [
        Claim(
            hospital_id,
            digest.pk,
            digest.message_id,
            digest.recipient.email,
            counts[digest.pk],
            digest.attempts + 1,
        )
        for digest in digests
        if counts[digest.pk]
    ]


def worker_name() -> str:
    """This process, as a claim and an attempt name it."""
    return f"{socket.gethostname()}/{os.getpid()}"


def _keep_true_lines(
    hospital: Hospital, digests: Sequence[Digest], now: datetime
) -> dict[UUID, Counter[Stage]]:
    """Drop the lines that are no longer true; by digest, the number of those that are, by stage."""
    today = local_day(hospital, now)
    counts = {digest.pk: Counter[Stage]() for digest in digests}
    rows = list(DigestLine.objects.filter(digest_id__in=counts))
    days = {digest.pk: max(digest.local_date, today) for digest in digests}
    true = {
        day: _true_on(hospital, day, [row for row in rows if days[row.digest_id] == day])
        for day in set(days.values())
    }
    untrue = []
    for row in rows:
        if _line(row) in true[days[row.digest_id]]:
            counts[row.digest_id][Stage(row.stage)] += 1
        else:
            untrue.append(row.pk)
    DigestLine.objects.filter(pk__in=untrue).delete()
    return counts


def _true_on(hospital: Hospital, day: date, rows: Sequence[DigestLine]) -> set[Line]:
    return set(lines_on(hospital, day, among=map(_line, rows)).lines)


def _line(row: DigestLine) -> Line:
    return Line(row.follow_up_id, row.alert_step_id, row.stage, row.recipient_id, row.counted_from)
