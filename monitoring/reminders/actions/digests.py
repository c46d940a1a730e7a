"""Write down who must be told what today, before anything is sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from accounts.models import Hospital
from monitoring.reminders.lines import Line
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.queries import lines_on, told_already


@dataclass(frozen=True)
class Prepared:
    """What one sweep wrote: new lines, the digests they joined, and what reaches no clinician."""

    lines: int
    digests: int
    nobodys: int


@transaction.atomic
def prepare(*, hospital: Hospital, day: date, now: datetime) -> Prepared:
    """Put every true line that was not told yet into its recipient's digest of ``day``.

    Any number of sweeps may do this at once or again: the keys of both tables let each line in once. A
    person whose digest of the day has left is told tomorrow.
    """
    _fold_earlier(hospital, day, now)
    true = lines_on(hospital, day)
    told = told_already(hospital.pk, true.lines)
    new = [line for line in true.lines if line not in told]
    recipients = sorted({line.recipient_id for line in new})
    Digest.objects.bulk_create(
        (_digest(hospital, recipient, day, now) for recipient in recipients), ignore_conflicts=True
    )
    digests = _still_writable(hospital, day, recipients)
    rows = [_row(line, hospital, digests[line.recipient_id]) for line in new if line.recipient_id in digests]
    DigestLine.objects.bulk_create(rows, ignore_conflicts=True)
    return Prepared(lines=len(rows), digests=len({row.digest_id for row in rows}), nobodys=true.nobodys)


def _fold_earlier(hospital: Hospital, day: date, now: datetime) -> None:
    """Close what earlier days could not send; free its lines and those of the refused for today's digests.

    Not where a mail may be under way: that digest is repeated as it is, under its own Message-ID.
    """
    earlier = Digest.objects.in_hospital(hospital.pk).open().unclaimed().before(day)
    # What an admin sends again goes as it is, whichever day it was of.
    earlier = earlier.filter(sent_again_at=None)
    stuck = list(earlier.select_for_update(skip_locked=True).values_list("pk", flat=True))
    refused = Digest.objects.in_hospital(hospital.pk).refused().before(day).filter(lines__isnull=False)
    DigestLine.objects.filter(digest_id__in=[*stuck, *refused.values_list("pk", flat=True)]).delete()
    Digest.objects.filter(pk__in=stuck).update(closed_unsent_at=now, lease_until=None)


def _still_writable(hospital: Hospital, day: date, recipients: Collection[UUID]) -> dict[UUID, UUID]:
    """By recipient, the day's digests no worker has begun to send; locked, so none can begin now."""
    rows = Digest.objects.in_hospital(hospital.pk).open().unclaimed()
    rows = rows.filter(local_date=day, recipient_id__in=recipients)
    return dict(rows.select_for_update(skip_locked=True).order_by("pk").values_list("recipient_id", "pk"))


def _digest(hospital: Hospital, recipient_id: UUID, day: date, now: datetime) -> Digest:
    key = uuid4()
    return Digest(
        id=key,
        hospital=hospital,
        recipient_id=recipient_id,
        local_date=day,
        message_id=message_id_of(key),
        created_at=now,
    )


def message_id_of(key: UUID) -> str:
    """The Message-ID for a mail; its host is the sender's."""
    _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{key}@{sender.rpartition('@')[2]}>"


def _row(line: Line, hospital: Hospital, digest_id: UUID) -> DigestLine:
    return DigestLine(
        hospital=hospital,
        digest_id=digest_id,
        follow_up_id=line.follow_up_id,
        alert_step_id=line.alert_step_id,
        stage=line.stage,
        recipient_id=line.recipient_id,
        counted_from=line.counted_from,
    )
