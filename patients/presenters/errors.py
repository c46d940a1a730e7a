"""Entries that were marked as entered in error: what they were, and who said so when."""

from dataclasses import dataclass
from datetime import datetime

from patients.models import CorrectableRow


@dataclass(frozen=True)
class EntryInError:
    label: str
    by: str
    at: datetime


def entry_in_error(row: CorrectableRow, label: str) -> EntryInError:
    """The entry as its page lists it. Ask only of a row that was marked."""
    if row.entered_in_error_by is None or row.entered_in_error_at is None:
        raise ValueError(f"{row} was not entered in error")
    return EntryInError(label, row.entered_in_error_by.full_name, row.entered_in_error_at)
