"""Who works on a batch. A worker holds its file's lock, which the database frees when the worker dies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.models import Membership
from accounts.permissions import Permission
from monitoring.imports.actions.batches import BEFORE
from monitoring.imports.models import Batch, BatchFile, Status
from monitoring.imports.models.batches import IN_WORK

MOST_ATTEMPTS = 3
# A worker whose machine is gone says nothing any more; after this the database ends its transaction.
MOST_SILENCE = "120s"
GAVE_UP = (
    "It did not come to its end three times in a row, and nothing was imported. Tell whoever runs this site."
)


class HeldError(Exception):
    """Another worker has the file."""


class StoppedError(Exception):
    """Somebody stopped the work, or it was done meanwhile; what was written so far must be rolled back."""


class UnworkableError(Exception):
    """The work cannot be done; the message is the sentence for the person who asked."""


@dataclass(frozen=True)
class Begun:
    status: Status
    asked_by: UUID


@transaction.atomic
def begin(*, batch_id: UUID) -> Begun | None:
    """Count the attempt before it is made. None if there is nothing to do or somebody does it."""
    free = BatchFile.objects.filter(pk=batch_id, batch__status__in=IN_WORK).select_for_update(
        skip_locked=True, of=("self",)
    )
    if not free.exists():
        return None
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.status not in IN_WORK or batch.asked_by_id is None:
        return None
    if batch.attempts >= MOST_ATTEMPTS:
        stop(batch_id=batch_id, status=Status(batch.status), trouble=GAVE_UP)
        return None
    batch.attempts += 1
    batch.save()
    return Begun(Status(batch.status), batch.asked_by_id)


def hold(*, batch_id: UUID, status: Status) -> BatchFile:
    """The file, locked until the transaction ends. Raises HeldError or StoppedError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [MOST_SILENCE])
    held = BatchFile.objects.select_for_update(skip_locked=True, of=("self",))
    file: BatchFile | None = (
        held.select_related("batch__source", "batch__hospital").filter(pk=batch_id).first()
    )
    if file is None:
        raise HeldError
    check_wanted(batch_id=batch_id, status=status)
    return file


def asker(batch: Batch) -> Membership:
    """The person who asked, if they may still change records. Raises UnworkableError."""
    members = Membership.objects.active().filter(user=batch.asked_by, hospital_id=batch.hospital_id)
    member = members.select_related("hospital", "user").first()
    if member is None or not member.may(Permission.EDIT_PATIENTS):
        raise UnworkableError(
            "The person who asked for this may no longer change records. Nothing was imported."
        )
    return member


def check_wanted(*, batch_id: UUID, status: Status) -> None:
    """Look whether the work is still wanted; other people's clicks are seen at once. Raises StoppedError."""
    if not Batch.objects.filter(pk=batch_id, status=status).exists():
        raise StoppedError


def finish(*, batch_id: UUID, status: Status, counts: dict[str, int], now: datetime) -> None:
    """Say that the step is done. Raises StoppedError if somebody stopped it a moment before."""
    changes: dict[str, Any] = {"counts": counts, "trouble": "", "attempts": 0}
    if status == Status.CHECKING:
        changes |= {"status": Status.CHECKED}
    else:
        changes |= {"status": Status.IMPORTED, "finished_at": now}
    if not Batch.objects.filter(pk=batch_id, status=status).update(**changes):
        raise StoppedError


def stop(*, batch_id: UUID, status: Status, trouble: str) -> None:
    """Put the batch back to where it was before the step, with the reason."""
    Batch.objects.filter(pk=batch_id, status=status).update(
        status=BEFORE[status], trouble=trouble[:500], attempts=0
    )
