"""When a hospital's digest goes out: once a day, from its own hour on its own clock."""

from datetime import date, datetime

from accounts.models import Hospital
from monitoring.follow_ups.local_days import local_time


def digest_day(hospital: Hospital, now: datetime) -> date | None:
    """The local day whose digest may go out at ``now``; None before the hospital's hour.

    From that hour to midnight, so that an hour missed because nothing ran is made up the same day. An hour
    that the clocks skip counts from the next one; of one that comes twice the first counts.
    """
    local = local_time(hospital, now)
    return local.date() if local.hour >= hospital.digest_hour else None
