"""What a person does with a file: upload it, say what its columns mean, have it imported, stop, discard."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from monitoring.imports.files.content import Layout
from monitoring.imports.mapping import ColumnMap
from monitoring.imports.models import Batch, BatchFile, Finding, Source, Status
from monitoring.imports.models.batches import IN_WORK
from patients.models import Patient

BEFORE = {Status.CHECKING: Status.COLUMNS, Status.IMPORTING: Status.CHECKED}


class BatchMovedError(Exception):
    """The batch is no longer where the page showed it; ``current`` is what stands now."""

    def __init__(self, current: Batch) -> None:
        self.current = current
        super().__init__(f"import {current.pk} is {current.status}")


@transaction.atomic
def upload(
    *,
    content: bytes,
    name: str,
    layout: Layout,
    source_name: str,
    patient: Patient | None,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> Batch:
    """Keep the file for the source of that name, new or known; the same submission again returns it."""
    first = Batch.objects.visible_to(by).filter(submission=submission).first()
    if first is not None:
        return first
    source = _source(source_name, by)
    batch = Batch.objects.create(
        hospital_id=by.hospital_id,
        source=source,
        patient=patient,
        layout=asdict(layout),
        submission=submission,
        uploaded_at=now,
        uploaded_by=by.user,
    )
    BatchFile.objects.create(batch=batch, hospital_id=by.hospital_id, name=name, content=content)
    return batch


@transaction.atomic
def read_again(*, batch: Batch, layout: Layout, by: Membership) -> Batch:
    """Read the file with another encoding, delimiter or sheet. Raises BatchMovedError."""
    locked = _locked(batch, by, Status.COLUMNS, Status.CHECKED)
    locked.status, locked.layout, locked.column_map = Status.COLUMNS, asdict(layout), {}
    locked.save()
    return locked


@transaction.atomic
def save_columns(*, batch: Batch, chosen: ColumnMap, by: Membership) -> Batch:
    """Keep what the columns mean. Raises BatchMovedError."""
    locked = _locked(batch, by, Status.COLUMNS, Status.CHECKED)
    locked.status, locked.column_map, locked.trouble = Status.COLUMNS, chosen.as_json(), ""
    locked.save()
    return locked


@transaction.atomic
def ask_check(*, batch: Batch, by: Membership, now: datetime) -> Batch:
    """Have the file read against the record; its source remembers the columns. Raises BatchMovedError."""
    locked = _locked(batch, by, Status.COLUMNS, Status.CHECKED)
    Source.objects.visible_to(by).filter(pk=locked.source_id).update(column_map=locked.column_map)
    return _ask(locked, Status.CHECKING, by, now)


@transaction.atomic
def ask_import(*, batch: Batch, accept_unusual: bool, by: Membership, now: datetime) -> Batch:
    """Have it brought into the record; a second click changes nothing. Raises BatchMovedError."""
    locked = _locked(batch, by, Status.CHECKED, Status.IMPORTING, Status.IMPORTED)
    if locked.status != Status.CHECKED:
        return locked
    locked.accept_unusual = accept_unusual
    return _ask(locked, Status.IMPORTING, by, now)


@transaction.atomic
def cancel(*, batch: Batch, by: Membership) -> Batch:
    """Stop what waits or runs; nothing of it stays. Raises BatchMovedError when it has come to its end."""
    locked = _locked(batch, by, *IN_WORK)
    locked.status = BEFORE[Status(locked.status)]
    locked.trouble = "Stopped before its end. Nothing was imported."
    locked.save()
    return locked


@transaction.atomic
def discard(*, batch: Batch, by: Membership) -> None:
    """Forget a file that is not to be imported, with all that was found in it. Raises BatchMovedError."""
    locked = _locked(batch, by, Status.COLUMNS, Status.CHECKED, Status.DISCARDED)
    BatchFile.objects.filter(batch=locked).delete()
    Finding.objects.filter(batch=locked).delete()
    locked.status = Status.DISCARDED
    locked.save()


def _ask(batch: Batch, status: Status, by: Membership, now: datetime) -> Batch:
    batch.status, batch.trouble, batch.attempts = status, "", 0
    batch.asked_at, batch.asked_by = now, by.user
    batch.save()
    return batch


def _locked(batch: Batch, by: Membership, *allowed: str) -> Batch:
    locked: Batch = Batch.objects.visible_to(by).select_for_update().get(pk=batch.pk)
    if locked.status not in allowed:
        raise BatchMovedError(locked)
    return locked


def _source(name: str, by: Membership) -> Source:
    known = Source.objects.visible_to(by).filter(name__iexact=name).first()
    return known or Source.objects.create(hospital_id=by.hospital_id, name=name)
