"""Take digests before sending them, and say afterwards what became of each (docs/adr/0008)."""

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

LONGEST_PAUSE = timedelta(hours=1)
_FREE = {"claimed_at": None, "claimed_by": "", "lease_until": None}


@dataclass(frozen=True)
class Claim:
    """A digest that is ours to send until the lease runs out; ``counts`` is all its mail will say."""

    digest_id: UUID
    message_id: str
    address: str
    counts: Mapping[Stage, int]


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
        claimed_by=f"{socket.gethostname()}/{os.getpid()}",
        lease_until=now + timedelta(seconds=settings.REMINDER_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    return [
        Claim(digest.pk, digest.message_id, digest.recipient.email, counts[digest.pk])
        for digest in digests
        if counts[digest.pk]
    ]


@transaction.atomic(savepoint=False)
def stamp_sent(*, hospital_id: UUID, digest_id: UUID, now: datetime) -> None:
    """The server has accepted the mail."""
    open_digests = Digest.objects.in_hospital(hospital_id).open().filter(pk=digest_id)
    open_digests.update(sent_at=now, **_FREE)


@transaction.atomic(savepoint=False)
def park(*, hospital_id: UUID, digest_id: UUID, code: int | None, now: datetime) -> None:
    """The server will never accept the mail (``code`` is its answer): tried no more, told anew tomorrow."""
    open_digests = Digest.objects.in_hospital(hospital_id).open().filter(pk=digest_id)
    open_digests.update(refused_at=now, refusal=code, **_FREE)


@transaction.atomic(savepoint=False)
def give_back(*, hospital_id: UUID, digest_id: UUID, now: datetime) -> None:
    """The server surely has not accepted the mail: try again after a pause, or tomorrow with what is new."""
    digest = _held(hospital_id, digest_id)
    if digest is not None:
        digest.claimed_at, digest.claimed_by = None, ""
        digest.lease_until = now + _pause(digest)
        digest.save()


@transaction.atomic(savepoint=False)
def leave_in_doubt(*, hospital_id: UUID, digest_id: UUID, now: datetime) -> None:
    """Nobody knows whether the server has accepted the mail: the same mail goes again after a pause."""
    digest = _held(hospital_id, digest_id)
    if digest is not None:
        digest.lease_until = now + _pause(digest)
        digest.save()


def _held(hospital_id: UUID, digest_id: UUID) -> Digest | None:
    held = Digest.objects.in_hospital(hospital_id).open().filter(pk=digest_id)
    return held.select_for_update().first()


def _pause(digest: Digest) -> timedelta:
    """Doubles with each attempt, and is up to half as long again, so that many do not return at once."""
    first = timedelta(seconds=settings.REMINDER_LEASE_SECONDS)
    spread = digest.pk.int % 1000 / 1000
    return min(first * 2 ** min(digest.attempts - 1, 10), LONGEST_PAUSE) * (1 + spread / 2)


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
    return set(lines_on(hospital, day, among={row.follow_up_id for row in rows}).lines)


def _line(row: DigestLine) -> Line:
    return Line(row.follow_up_id, row.stage, row.recipient_id, row.counted_from)
