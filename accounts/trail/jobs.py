"""What ran without a person: tasks of the queue and commands of the operator."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.trail.kinds import AccessKind, ActorKind
from accounts.trail.writing import Entry, write

SUCCEEDED = "SUCCESS"


def note_task(*, name: str, args: Sequence[Any], outcome: Any, state: str, now: datetime) -> None:
    """Write that a task worked on a hospital's data (its first argument), and whether it came to an end.

    A sweep names no hospital and only queues; a task that found nothing to do did nothing. Neither is noted,
    or the trail would say every minute that nothing happened.
    """
    hospital_id = _hospital(args)
    if hospital_id is None or (state == SUCCEEDED and not outcome):
        return
    _write(
        ActorKind.JOB,
        name,
        hospital_id=hospital_id,
        kind=AccessKind.RAN if state == SUCCEEDED else AccessKind.FAILED,
        now=now,
    )


def note_command(name: str, *, now: datetime) -> None:
    """Write, before it begins, that an operator runs a command that can read or change records."""
    _write(ActorKind.COMMAND, name, hospital_id=None, kind=AccessKind.RAN, now=now)


def _write(actor: ActorKind, name: str, *, hospital_id: UUID | None, kind: AccessKind, now: datetime) -> None:
    entry = Entry(at=now, actor_kind=actor, actor_name=name[:100], hospital_id=hospital_id, kind=kind)
    with transaction.atomic():
        write([entry])


def _hospital(args: Sequence[Any]) -> UUID | None:
    try:
        return UUID(str(args[0])) if args else None
    except ValueError:
        return None
