"""Uploaded files go after some days; what they brought into the record stays."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from monitoring.imports.models import Batch, BatchFile, Finding
from monitoring.imports.models.batches import IN_WORK, Status


@transaction.atomic
def remove_old(*, hospital_id: UUID, now: datetime) -> int:
    """Remove files, and what was found in them, that are older than IMPORT_FILE_DAYS; how many."""
    limit = now - timedelta(days=settings.IMPORT_FILE_DAYS)
    old = Batch.objects.in_hospital(hospital_id).filter(uploaded_at__lt=limit).exclude(status__in=IN_WORK)
    keys = list(old.filter(file__isnull=False).values_list("pk", flat=True))
    Finding.objects.filter(batch_id__in=keys).delete()
    BatchFile.objects.filter(batch_id__in=keys).delete()
    old.filter(pk__in=keys, status__in=[Status.COLUMNS, Status.CHECKED]).update(status=Status.DISCARDED)
    return len(keys)
