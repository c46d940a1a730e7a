"""Tell whoever waits for entries of the record that those of a patient changed.

Follow-ups live on an upper floor, so the floor below calls by name: the setting ``ENTRIES_CHANGED`` names a
function from patients' ids and the member who changed something. It runs in the transaction of the change.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Membership


def entries_changed(patient_id: UUID, *, by: Membership) -> None:
    """Treatments or assessments of the patient were added, corrected, struck or restored."""
    tell: Callable[..., None] = import_string(settings.ENTRIES_CHANGED)
    tell([patient_id], by=by)
