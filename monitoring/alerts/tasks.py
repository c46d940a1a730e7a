"""What Celery runs. A task carries a hospital's id; the marks in the database know what is to be read."""

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from monitoring.alerts import sweeping

logger = logging.getLogger(__name__)


@shared_task
def read(hospital_id: str) -> int:
    """Read the changed courses of a hospital; how many. Harmless at any time and any number."""
    return sweeping.read_hospital(hospital_id=UUID(hospital_id), clock=timezone.now)


@shared_task
def sweep() -> int:
    """Queue the hospitals that have something to read; how many. Run by beat."""
    waiting = list(sweeping.hospitals_to_read(now=timezone.now()))
    for hospital_id in waiting:
        wake(hospital_id)
    return len(waiting)


def wake(hospital_id: UUID) -> None:
    """Have a hospital's changed courses read soon; what the queue loses, the next sweep brings back."""
    try:
        read.apply_async((str(hospital_id),), retry=False)
    except OperationalError as error:
        logger.warning(
            "courses of hospital %s wait for the next sweep: %s", hospital_id, type(error).__name__
        )
