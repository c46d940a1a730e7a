"""Tell the admins that no reminder goes out any more, by a mail that needs no queue."""

import logging
import smtplib
from datetime import datetime, timedelta

from accounts.models import Membership
from accounts.roles import Role
from monitoring.reminders import emails
from monitoring.reminders.actions import pulses
from monitoring.reminders.models import Part, Pulse

logger = logging.getLogger(__name__)


def tell_admins(*, now: datetime, every: timedelta) -> int:
    """Mail every active admin, unless that was done less than ``every`` ago; to how many it went."""
    if Pulse.objects.filter(part=Part.WARNING, at__gt=now - every).exists():
        return 0
    admins = Membership.objects.active().filter(roles__contains=[Role.HOSPITAL_ADMIN])
    addresses = sorted(set(admins.values_list("user__email", flat=True)))
    told = sum(_told(address) for address in addresses)
    if told:
        pulses.beat(Part.WARNING, now=now)
    return told


def _told(address: str) -> bool:
    try:
        emails.send_standstill(to=address)
    except (smtplib.SMTPException, OSError) as error:
        logger.error("an admin could not be told that reminders stand still: %s", type(error).__name__)  # noqa: TRY400
        return False
    return True
