"""What Celery runs. A task carries ids; PostgreSQL knows what is due, so a lost queue loses nothing."""

from collections import Counter
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from monitoring.reminders import delivery, sweeping
from monitoring.reminders.actions import pulses
from monitoring.reminders.models import Part


@shared_task
def sweep() -> int:
    """Queue every digest that waits; how many. Run by beat, and harmless at any time and any number."""
    queued = 0
    for waiting in sweeping.sweep(now=timezone.now()):
        # What no worker has begun by the next sweep is queued by that one; so the queue cannot pile up.
        send_digests.apply_async(
            (str(waiting.hospital_id), [str(digest_id) for digest_id in waiting.digest_ids]),
            expires=settings.REMINDER_SWEEP_SECONDS,
        )
        queued += len(waiting.digest_ids)
    for part in (Part.SWEEP, Part.BEAT):
        pulses.beat(part, now=timezone.now())
    return queued


@shared_task(time_limit=settings.REMINDER_SEND_SECONDS)
def send_digests(hospital_id: str, digest_ids: list[str]) -> dict[str, int]:
    """Send a batch, without what somebody else has or has sent; how many came to which outcome."""
    outcomes = delivery.deliver(
        hospital_id=UUID(hospital_id),
        digest_ids=[UUID(digest_id) for digest_id in digest_ids],
        clock=timezone.now,
    )
    return {str(outcome): count for outcome, count in Counter(outcomes.values()).items()}
