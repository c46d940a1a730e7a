"""Which day it is where the hospital stands."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import Hospital


def local_time(hospital: Hospital, now: datetime) -> datetime:
    """The aware moment ``now`` on the hospital's own clock."""
    return now.astimezone(ZoneInfo(hospital.time_zone))


def local_day(hospital: Hospital, now: datetime) -> date:
    return local_time(hospital, now).date()
