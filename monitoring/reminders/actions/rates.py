"""The rate limit: so many mails a minute, whichever workers send them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from monitoring.reminders.models import SendingMinute

KEPT = timedelta(hours=1)


@transaction.atomic
def take(wanted: int, *, now: datetime) -> int:
    """How many of ``wanted`` mails may be sent in this minute; they count as sent from now on."""
    limit: int = settings.REMINDER_MAILS_PER_MINUTE
    if not limit:
        return wanted
    minute = now.replace(second=0, microsecond=0)
    SendingMinute.objects.filter(minute__lt=minute - KEPT).delete()
    SendingMinute.objects.bulk_create([SendingMinute(minute=minute)], ignore_conflicts=True)
    row = SendingMinute.objects.select_for_update().get(minute=minute)
    granted = max(min(wanted, limit - row.mails), 0)
    row.mails += granted
    row.save()
    return granted
