"""Days of the demonstration, counted back from the day it is first filled."""

import re
from datetime import date

from dateutil.relativedelta import relativedelta

AGO = re.compile(r"(?:(\d+)m)?(-?\d+d)?")


def day(ago: str, today: date) -> date:
    """The day ``ago`` before ``today``: ``14m`` months, ``3d`` days, ``14m-5d`` five days after 14 months."""
    match = AGO.fullmatch(ago)
    if match is None or not ago:
        raise ValueError(f"{ago!r} is not a time ago")
    days = int((match[2] or "0d")[:-1])
    return today - relativedelta(months=int(match[1] or 0), days=days)
