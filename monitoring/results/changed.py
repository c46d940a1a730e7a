"""Tell whoever waits for results that those of some patients changed.

Follow-ups are a room beside this one, so it is told by name: the setting ``RESULTS_CHANGED`` names a function
from patients' ids and the member who changed something. It runs in the transaction of the change.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Membership


def results_changed(patient_ids: Collection[UUID], *, by: Membership) -> None:
    """Results or scans of these patients were added, corrected, struck, restored or moved."""
    tell: Callable[..., None] = import_string(settings.RESULTS_CHANGED)
    tell(patient_ids, by=by)
