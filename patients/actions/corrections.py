"""How every correctable row is written: entered once, corrected knowingly, marked when entered in error."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from patients.actions import summary
from patients.models import CorrectableRow

Row = TypeVar("Row", bound=CorrectableRow)


class StaleRowError(Exception):
    """Somebody saved the row after this form was opened; ``current`` is what stands now."""

    def __init__(self, current: CorrectableRow) -> None:
        self.current = current
        super().__init__(f"row {current.pk} is at version {current.version}")


def once(kind: type[Row], *, submission: UUID, by: Membership, enter: Callable[[], Row]) -> Row:
    """What ``enter`` adds; the same submission again, also at the same moment, gives the first row."""
    first = _submitted(kind, submission, by)
    if first is not None:
        return first
    try:
        with transaction.atomic():
            return enter()
    except IntegrityError:
        first = _submitted(kind, submission, by)
        if first is None:
            raise
        return first


def locked(row: Row, *, expected_version: int, by: Membership) -> Row:
    """The row as it stands, locked and with its version counted up; else StaleRowError.

    Also stale is a row that was marked as entered in error meanwhile.
    """
    found: Row = type(row).objects.visible_to(by).select_for_update().get(pk=row.pk)
    if found.version != expected_version or found.entered_in_error_at is not None:
        raise StaleRowError(found)
    found.version += 1
    return found


@transaction.atomic
def mark_error(*, row: CorrectableRow, expected_version: int, by: Membership, now: datetime) -> None:
    """Let an entry count nowhere any more; it stays readable. Raises StaleRowError."""
    found = locked(row, expected_version=expected_version, by=by)
    found.entered_in_error_at = now
    found.entered_in_error_by = by.user
    found.save()
    summary.refresh(patient=found.patient, now=now)


def _submitted(kind: type[Row], submission: UUID, by: Membership) -> Row | None:
    row: Row | None = kind.objects.visible_to(by).filter(submission=submission).first()
    return row
