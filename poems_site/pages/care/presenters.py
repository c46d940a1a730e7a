"""What the pages about the care of a patient show, as plain data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from patients.models import Merge, Patient, PatientRow
from poems_site.pages.history.tables import history_tables
from poems_site.pages.history.words import row_shown
from poems_site.workflows.merge import UNDO_WITHIN, Moved, may_be_undone


@dataclass(frozen=True)
class Difference:
    """An identity field in which two records differ; what the kept one says stays."""

    label: str
    kept: str
    closed: str


@dataclass(frozen=True)
class MergeRow:
    """A table in a preview: how many rows move, and in words those that stay behind."""

    noun: str
    moves: int
    stays: tuple[str, ...]


@dataclass(frozen=True)
class PastMerge:
    """A merge into a record; ``until`` is the last day on which it can be taken back, None when it cannot."""

    merge: Merge
    until: datetime | None


def identity_differences(kept: Patient, closed: Patient) -> list[Difference]:
    def words(patient: Patient) -> dict[str, str]:
        return {
            "Record number": patient.record_number,
            "Given name": patient.given_name,
            "Family name": patient.family_name,
            "Date of birth": str(patient.born),
            "Sex for clinical use": patient.get_sex_display(),
        }

    ours, theirs = words(kept), words(closed)
    return [Difference(label, ours[label], theirs[label]) for label in ours if ours[label] != theirs[label]]


def merge_rows(moved: Moved, closed: Patient) -> list[MergeRow]:
    """A line for each table with rows in the record that would be closed."""
    return [
        MergeRow(
            str(model._meta.verbose_name_plural), len(keys), _in_words(model, moved.stayed[model], closed)
        )
        for model, keys in moved.moved.items()
        if keys or moved.stayed[model]
    ]


def past_merges(patient: Patient, merges: list[Merge], *, now: datetime) -> list[PastMerge]:
    return [
        PastMerge(
            merge,
            merge.recorded_at + UNDO_WITHIN - timedelta(days=1)
            if may_be_undone(merge, patient, now=now)
            else None,
        )
        for merge in merges
    ]


def _in_words(model: type[PatientRow], keys: list[str], closed: Patient) -> tuple[str, ...]:
    if not keys:
        return ()
    table = history_tables().get(str(model._meta.model_name))
    rows = model._default_manager.filter(patient=closed, pk__in=keys)
    return tuple(row_shown(table, row, {}) if table else str(model._meta.verbose_name) for row in rows)
