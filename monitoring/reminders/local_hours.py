"""When a hospital's digest goes out: once a day, from its own hour on its own clock."""

from datetime import date, datetime

from accounts.models import Hospital
from monitoring.follow_ups.local_days import local_time

SATURDAY = 5


def digest_day(hospital: Hospital, now: datetime) -> date | None:
    """The local day whose digest may go out at ``now``; None before the hospital's hour.

    From that hour to midnight, so that an hour missed because nothing ran is made up the same day. An hour
    that the clocks skip counts from the next one; of one that comes twice the first counts. None on a day
    without mails.
    """
    local = local_time(hospital, now)
    has_come = local.hour >= hospital.digest_hour and mails_go_out(hospital, local.date())
    return local.date() if has_come else None


def mails_go_out(hospital: Hospital, day: date) -> bool:
    """Whether mails leave on the local ``day``: not on Saturday and Sunday where the hospital wants none."""
    return hospital.digest_on_weekends or day.weekday() < SATURDAY
