"""One round over the hospitals: write down what must be told, and name the digests that wait."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError

from accounts.models import Hospital
from accounts.scope import hospital_scope
from monitoring.reminders import queries
from monitoring.reminders.actions import digests
from monitoring.reminders.delivery import ACTOR
from monitoring.reminders.local_hours import digest_day

logger = logging.getLogger(__name__)

# What one worker takes at a time: enough to be worth a connection, and sent within a moment of being claimed,
# since a line that stops being true in between still goes out.
BATCH = 100


@dataclass(frozen=True)
class Waiting:
    """A batch of digests to send; ids only, as a task may carry them."""

    hospital_id: UUID
    digest_ids: tuple[UUID, ...]


DayOf = Callable[[Hospital, datetime], date | None]


def sweep(*, now: datetime, day_of: DayOf = digest_day) -> Iterator[Waiting]:
    """Every digest that should be sent now, in batches, after writing those that are new.

    ``day_of`` says which day's digest a hospital may have at ``now``, None for none yet. One hospital's
    trouble does not silence the others.
    """
    for hospital in Hospital.objects.order_by("pk"):
        try:
            waiting = _sweep_hospital(hospital, day_of(hospital, now), now)
        except DatabaseError:
            logger.exception("hospital %s was not swept", hospital.pk)
        else:
            for start in range(0, len(waiting), BATCH):
                yield Waiting(hospital.pk, tuple(waiting[start : start + BATCH]))


def _sweep_hospital(hospital: Hospital, day: date | None, now: datetime) -> list[UUID]:
    with hospital_scope(hospital.pk, actor=ACTOR):
        if day is not None:
            prepared = digests.prepare(hospital=hospital, day=day, now=now)
            _report(hospital, prepared)
        return queries.waiting(hospital.pk, now)


def _report(hospital: Hospital, prepared: digests.Prepared) -> None:
    if prepared.lines:
        logger.info("hospital %s: %d lines for %d digests", hospital.pk, prepared.lines, prepared.digests)
    if prepared.nobodys:
        logger.error("hospital %s: %d items reach no clinician", hospital.pk, prepared.nobodys)
