"""A person's follow-ups as a calendar for other programs: days and an address, no word of medicine."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from monitoring.follow_ups.models import FollowUp

SUMMARY = "An item is due"


def hash_of(secret: str) -> str:
    """What is kept of a feed's address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def as_calendar(items: Iterable[FollowUp], *, link: str, host: str, now: datetime) -> bytes:
    """One whole-day entry for each item on its due day; ``link`` leads to the list behind the sign-in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hospital notices//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for item in items:
        event = Event()
        event.add("uid", f"{item.pk}@{host}")
        event.add("dtstamp", now)
        event.add("dtstart", item.due)
        event.add("dtend", item.due + timedelta(days=1))
        event.add("summary", SUMMARY)
        event.add("url", link)
        event.add("sequence", item.version)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
