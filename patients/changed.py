"""Tell whoever reads courses that one may have changed.

They live on an upper floor, so the floor below calls by name: the setting ``TOLD_OF_CHANGES`` names a
function of a hospital's id. It is a wake-up only, after the commit: what changed is marked in the database
itself, so nothing is lost where the queue is away.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string


def tell_when_committed(hospital_id: UUID) -> None:
    """Once the transaction has committed; a queue that does not answer is logged and harms nothing."""
    tell: Callable[[UUID], None] = import_string(settings.TOLD_OF_CHANGES)
    transaction.on_commit(lambda: tell(hospital_id), robust=True)
