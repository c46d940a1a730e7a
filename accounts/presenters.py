"""What pages about people show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

# In this order: Edge and Opera call themselves Chrome as well, Chrome calls itself Safari.
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Firefox", r"(Firefox|FxiOS)/"),
    ("Chrome", r"(HeadlessChrome|Chrome|Chromium|CriOS)/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)


@dataclass(frozen=True)
class SessionRow:
    """One place where a person is signed in."""

    number: int
    device: str
    address: str
    began_at: datetime
    used_at: datetime
    is_current: bool


def session_rows(sessions: Iterable[UserSession], *, current: str | None) -> list[SessionRow]:
    """The sessions, the present one first, then by last use; ``current`` is its key."""
    rows = [
        SessionRow(
            number=session.pk,
            device=device(session.user_agent),
            address=session.ip,
            began_at=session.created_at,
            used_at=session.last_seen_at,
            is_current=session.session_key == current,
        )
        for session in sessions
    ]
    return sorted(rows, key=lambda row: (not row.is_current, -row.used_at.timestamp()))


def device(user_agent: str) -> str:
    """Browser and system in words, from what the browser says of itself; enough to know one's own again."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown browser"


def _first(known: Iterable[tuple[str, str]], text: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, text)), "")
