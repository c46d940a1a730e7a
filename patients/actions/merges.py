"""The journal of merges. The merge itself touches every app and is a workflow (poems_site/workflows)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from accounts.models import Membership
from patients.models import Merge, Patient


def open_merge(*, kept: Patient, closed: Patient, submission: UUID, by: Membership, now: datetime) -> Merge:
    """A journal with nothing in it yet."""
    return Merge.objects.create(
        patient=kept,
        merged=closed,
        hospital_id=kept.hospital_id,
        recorded_by=by.user,
        recorded_at=now,
        submission=submission,
    )


def note(*, merge: Merge, moved: Mapping[str, Sequence[str]]) -> None:
    """Write down which rows moved, by table."""
    merge.moved = {table: list(keys) for table, keys in moved.items()}
    merge.save(update_fields=["moved"])


def close(*, merge: Merge, by: Membership, now: datetime) -> None:
    """Note that the merge was taken back."""
    merge.undone_at, merge.undone_by = now, by.user
    merge.save(update_fields=["undone_at", "undone_by"])
