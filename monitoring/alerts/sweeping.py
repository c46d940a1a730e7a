"""Which hospitals have courses to read: what changed, and everything once on each new day."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError

from accounts.models import Hospital
from accounts.scope import hospital_scope
from monitoring.alerts import queries
from monitoring.alerts.actions import readings
from monitoring.follow_ups.local_days import local_day

logger = logging.getLogger(__name__)
ACTOR = "alerts"
# A task ends well before the queue would stop it; the next sweep goes on.
LONGEST = timedelta(seconds=150)


def hospitals_to_read(*, now: datetime) -> Iterator[UUID]:
    """One hospital's trouble does not hold up the others. None where decision support is switched off."""
    if not settings.CDS_ENABLED:
        return
    for hospital in Hospital.objects.order_by("pk"):
        try:
            with hospital_scope(hospital.pk, actor=ACTOR):
                waits = queries.is_anything_to_read(hospital.pk, on=local_day(hospital, now))
        except DatabaseError:
            logger.exception("the courses of hospital %s were not looked at", hospital.pk)
        else:
            if waits:
                yield hospital.pk


def read_hospital(*, hospital_id: UUID, clock: Callable[[], datetime]) -> int:
    """Read what is to be read, batch by batch, each in a transaction of its own; how many courses."""
    began, done = clock(), 0
    while clock() - began < LONGEST:
        with hospital_scope(hospital_id, actor=ACTOR):
            some = readings.read_next(hospital_id=hospital_id, now=clock())
        if not some:
            break
        done += some
    return done
