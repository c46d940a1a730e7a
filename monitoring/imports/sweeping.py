"""One round over the hospitals: batches whose worker or queue was lost, and files kept long enough."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError

from accounts.models import Hospital
from accounts.scope import hospital_scope
from monitoring.imports import queries
from monitoring.imports.actions import files
from monitoring.imports.working import ACTOR

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """A batch to work on; ids only, as a task may carry them."""

    hospital_id: UUID
    batch_id: UUID


def sweep(*, now: datetime) -> Iterator[Waiting]:
    """Every batch that waits since a while. One hospital's trouble does not hold up the others."""
    asked_before = now - timedelta(seconds=settings.IMPORT_SWEEP_SECONDS)
    for hospital in Hospital.objects.order_by("pk"):
        try:
            with hospital_scope(hospital.pk, actor=ACTOR):
                removed = files.remove_old(hospital_id=hospital.pk, now=now)
                waiting = queries.waiting(hospital.pk, asked_before=asked_before)
        except DatabaseError:
            logger.exception("imports of hospital %s were not swept", hospital.pk)
        else:
            if removed:
                logger.info("hospital %s: %d files of imports removed", hospital.pk, removed)
            yield from (Waiting(hospital.pk, batch_id) for batch_id in waiting)
