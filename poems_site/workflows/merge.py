"""Two records of one person become one, and within thirty days two again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from accounts.models import Membership
from monitoring.follow_ups.actions import follow_ups
from monitoring.matching.actions import matches
from patients.actions import care, merges, summary
from patients.closed import require_in_care
from patients.models import Merge, Patient, PatientRow, Transfer
from poems_site.workflows import tables
from treatment.queries import current_standing

UNDO_WITHIN = timedelta(days=30)


class OpenTransferError(Exception):
    """One of the records is offered to another hospital; that ends first."""


class TwoPlansError(Exception):
    """Both records have a plan that holds. Which is to hold is a clinician's decision, so one ends first."""


class ChangedMeanwhileError(Exception):
    """What would be merged is no longer what the preview showed."""


class TooLateError(Exception):
    """The merge is older than UNDO_WITHIN, or the record that was kept has itself been merged since."""


@dataclass
class Moved:
    """What a merge did, by table: the keys that moved, and those the database refused in their new place."""

    moved: dict[type[PatientRow], list[str]] = field(default_factory=dict)
    stayed: dict[type[PatientRow], list[str]] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Differs when another row would move or stay."""
        parts = [
            f"{tables.label(model)}:{len(keys)}:{max(keys, default='')}"
            for found in (self.moved, self.stayed)
            for model, keys in found.items()
            if keys
        ]
        return " ".join(parts) or "nothing"


def preview(*, kept: Patient, closed: Patient, by: Membership, now: datetime) -> Moved:
    """What ``merge`` would do: the merge itself, taken back at once.

    Raises RecordClosedError, OpenTransferError and TwoPlansError as ``merge`` does.
    """
    with _taken_back():
        return _merge(kept, closed, closed.pk, by=by, now=now)[1]


@transaction.atomic
def merge(
    *, kept: Patient, closed: Patient, seen: str, submission: UUID, by: Membership, now: datetime
) -> Merge:
    """Move every row of ``closed`` to ``kept`` and close it; the same submission twice returns the first.

    ``seen`` is the fingerprint of the preview. Raises ChangedMeanwhileError, RecordClosedError where one of
    the records is not in care, OpenTransferError, TwoPlansError.
    """
    care.lock(kept, closed, by=by)
    first: Merge | None = Merge.objects.visible_to(by).filter(submission=submission).first()
    if first is not None:
        return first
    done, moved = _merge(kept, closed, submission, by=by, now=now)
    if moved.fingerprint != seen:
        raise ChangedMeanwhileError
    return done


@transaction.atomic
def undo(*, merge: Merge, by: Membership, now: datetime) -> Merge:
    """Move back exactly what the merge moved and is still there; twice is once. Raises TooLateError."""
    kept, closed = care.lock(merge.patient, merge.merged, by=by)
    locked: Merge = Merge.objects.visible_to(by).select_for_update().get(pk=merge.pk)
    if locked.undone_at is not None:
        return locked
    if not may_be_undone(locked, kept, now=now):
        raise TooLateError
    care.reopen(patient=closed, by=by)
    for model in tables.tables_that_move():
        _move(locked, model, locked.moved.get(tables.label(model), []), back=True)
    merges.close(merge=locked, by=by, now=now)
    _settle(kept, closed, by=by, now=now)
    return locked


def may_be_undone(merge: Merge, kept: Patient, *, now: datetime) -> bool:
    """Not after thirty days, and the newest merge first."""
    return merge.undone_at is None and kept.is_in_care and now - merge.recorded_at <= UNDO_WITHIN


@contextmanager
def _taken_back() -> Iterator[None]:
    """Whatever is written inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _merge(
    kept: Patient, closed: Patient, submission: UUID, *, by: Membership, now: datetime
) -> tuple[Merge, Moved]:
    rows = care.lock(kept, closed, by=by)
    for row in rows:
        require_in_care(row)
    if Transfer.objects.visible_to(by).open().filter(patient__in=rows).exists():
        raise OpenTransferError
    if all(current_standing(row, by, lock=True) for row in rows):
        raise TwoPlansError
    done = merges.open_merge(kept=kept, closed=closed, submission=submission, by=by, now=now)
    moved = Moved()
    for model in tables.tables_that_move():
        _move_table(done, model, moved)
    merges.note(merge=done, moved={tables.label(model): keys for model, keys in moved.moved.items() if keys})
    care.close_as_merged(patient=closed, into=kept, by=by, now=now)
    _settle(kept, closed, by=by, now=now)
    return done, moved


def _move_table(merge: Merge, model: type[PatientRow], moved: Moved) -> None:
    """Move a table's rows but those whose parent had to stay; note which moved and which stayed."""
    rows = model._default_manager.filter(patient=merge.merged)
    keys = [str(key) for key in rows.order_by("pk").values_list("pk", flat=True)]
    bound: set[str] = set()
    for name, parent in tables.parent_fields_of(model).items():
        stuck = moved.stayed.get(parent, [])
        bound |= {str(key) for key in rows.filter(**{f"{name}__in": stuck}).values_list("pk", flat=True)}
    done = _move(merge, model, [key for key in keys if key not in bound], back=False)
    moved.moved[model] = [key for key in keys if key in done]
    moved.stayed[model] = [key for key in keys if key not in done]


def _move(merge: Merge, model: type[models.Model], keys: list[str], *, back: bool) -> set[str]:
    """The keys of the rows that could move."""
    if not keys:
        return set()
    column = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT poems_move_rows(%s, %s::regclass, %s, %s, %s)",
            [merge.pk, model._meta.db_table, column, keys, back],
        )
        row: Any = cursor.fetchone()
    return set(row[0])


def _settle(*patients: Patient, by: Membership, now: datetime) -> None:
    """Compute both summaries anew, and let results close the follow-ups they now stand beside."""
    matches.settle([patient.pk for patient in patients], by=by)
    for patient in patients:
        summary.refresh(patient=patient, now=now)
    follow_ups.push_overdue(*(patient.pk for patient in patients))
