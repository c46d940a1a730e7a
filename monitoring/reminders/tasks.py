"""What Celery runs. A task carries ids; PostgreSQL knows what is due, so a lost queue loses nothing."""

from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from monitoring.reminders import delivery, sweeping


@shared_task
def sweep() -> int:
    """Queue every digest that waits; how many. Run by beat, and harmless at any time and any number."""
    queued = 0
    for waiting in sweeping.sweep(now=timezone.now()):
        # What no worker has begun by the next sweep is queued by that one; so the queue cannot pile up.
        send_digest.apply_async(
            (str(waiting.hospital_id), str(waiting.digest_id)), expires=settings.REMINDER_SWEEP_SECONDS
        )
        queued += 1
    return queued


@shared_task(time_limit=settings.REMINDER_SEND_SECONDS)
def send_digest(hospital_id: str, digest_id: str) -> str:
    """Send one digest, unless somebody else has it or has sent it."""
    return delivery.deliver(hospital_id=UUID(hospital_id), digest_id=UUID(digest_id), clock=timezone.now)
