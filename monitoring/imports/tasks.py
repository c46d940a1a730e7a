"""What Celery runs. A task carries ids; the database knows what is wanted, so a lost queue loses nothing."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from monitoring.imports import sweeping, working
from monitoring.imports.models import Batch


@shared_task
def work(hospital_id: str, batch_id: str) -> str:
    """Check or import one file, unless somebody else does or has done it."""
    return working.work(hospital_id=UUID(hospital_id), batch_id=UUID(batch_id), clock=timezone.now)


@shared_task
def sweep() -> int:
    """Queue again what waits; how many. Run by beat, and harmless at any time and any number."""
    waiting = list(sweeping.sweep(now=timezone.now()))
    for one in waiting:
        work.apply_async((str(one.hospital_id), str(one.batch_id)))
    return len(waiting)


def queue(batch: Batch) -> None:
    """Hand a batch to a worker; what the queue loses, the next sweep brings back."""
    work.apply_async((str(batch.hospital_id), str(batch.pk)))
