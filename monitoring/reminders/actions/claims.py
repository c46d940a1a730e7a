"""Take a digest before sending it, and say afterwards what became of it."""

import os
import socket
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.stages import Stage
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.queries import Line, lines_on

LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Claim:
    """A digest that is ours to send until the lease runs out; ``counts`` is all its mail will say."""

    digest_id: UUID
    message_id: str
    address: str
    counts: Mapping[Stage, int]


@transaction.atomic
def claim(*, hospital_id: UUID, digest_id: UUID, now: datetime) -> Claim | None:
    """Take the digest if nobody holds it and it still has something to say.

    None when it is sent, held or gone, or when none of its lines is true any more, which closes it unsent.
    The caller commits before it sends: a claim that dies with its worker must be there to run out.
    """
    free = Digest.objects.in_hospital(hospital_id).free(now).filter(pk=digest_id)
    digest: Digest | None = (
        free.select_related("recipient", "hospital").select_for_update(skip_locked=True, of=("self",)).first()
    )
    if digest is None:
        return None
    counts = _keep_true_lines(digest, now)
    if not counts:
        digest.closed_unsent_at, digest.lease_until = now, None
        digest.claimed_at, digest.claimed_by = None, ""
        digest.save()
        return None
    digest.claimed_at, digest.claimed_by = now, f"{socket.gethostname()}/{os.getpid()}"
    digest.lease_until = now + timedelta(seconds=settings.REMINDER_LEASE_SECONDS)
    digest.attempts += 1
    digest.save()
    return Claim(digest.pk, digest.message_id, digest.recipient.email, counts)


@transaction.atomic
def stamp_sent(*, hospital_id: UUID, digest_id: UUID, now: datetime) -> None:
    """The server has accepted the mail."""
    open_digests = Digest.objects.in_hospital(hospital_id).open().filter(pk=digest_id)
    open_digests.update(sent_at=now, claimed_at=None, claimed_by="", lease_until=None)


@transaction.atomic
def give_back(*, hospital_id: UUID, digest_id: UUID, now: datetime) -> None:
    """The server surely has not accepted the mail: try again after a pause, or tomorrow with what is new."""
    digest = _held(hospital_id, digest_id)
    if digest is not None:
        digest.claimed_at, digest.claimed_by = None, ""
        digest.lease_until = now + _pause(digest.attempts)
        digest.save()


@transaction.atomic
def leave_in_doubt(*, hospital_id: UUID, digest_id: UUID, now: datetime) -> None:
    """Nobody knows whether the server has accepted the mail: the same mail goes again after a pause."""
    digest = _held(hospital_id, digest_id)
    if digest is not None:
        digest.lease_until = now + _pause(digest.attempts)
        digest.save()


def _held(hospital_id: UUID, digest_id: UUID) -> Digest | None:
    held = Digest.objects.in_hospital(hospital_id).open().filter(pk=digest_id)
    return held.select_for_update().first()


def _pause(attempts: int) -> timedelta:
    """Doubles with each attempt."""
    first = timedelta(seconds=settings.REMINDER_LEASE_SECONDS)
    return min(first * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)


def _keep_true_lines(digest: Digest, now: datetime) -> Mapping[Stage, int]:
    """Drop the lines that are no longer true; the number of those that are, by stage."""
    day = max(digest.local_date, local_day(digest.hospital, now))
    told = {_line(row): row.pk for row in digest.lines.all()}
    true = set(lines_on(digest.hospital, day, among={line.follow_up_id for line in told}).lines)
    digest.lines.filter(pk__in=[pk for line, pk in told.items() if line not in true]).delete()
    return Counter(Stage(line.stage) for line in told if line in true)


def _line(row: DigestLine) -> Line:
    return Line(row.follow_up_id, row.stage, row.recipient_id, row.counted_from)
