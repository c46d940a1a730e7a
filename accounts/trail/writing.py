"""The one way into the trail: plain INSERT, since whoever may add a row may not always read it back."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import connection

from accounts.trail.kinds import AccessKind, ActorKind


@dataclass(frozen=True)
class Entry:
    """A row of the trail, field by field as in ``AccessEvent``."""

    at: datetime
    actor_kind: ActorKind
    kind: AccessKind
    hospital_id: UUID | None = None
    user_id: UUID | None = None
    actor_name: str = ""
    patient_id: UUID | None = None
    address: str = ""
    status: int | None = None
    shown: int | None = None
    request_id: UUID | None = None
    grant_id: UUID | None = None
    from_ip: str | None = None


_COLUMNS = [field.name for field in fields(Entry)]
_ONE = f"({', '.join(['%s'] * len(_COLUMNS))})"
_INSERT = f"INSERT INTO trail_accessevent ({', '.join(_COLUMNS)}) VALUES "  # noqa: S608 - our own names


def write(entries: Iterable[Entry]) -> None:
    """Add the entries in one statement; none is no statement. In the caller's transaction."""
    rows = [astuple(entry) for entry in entries]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT + ", ".join([_ONE] * len(rows)), [value for row in rows for value in row])
