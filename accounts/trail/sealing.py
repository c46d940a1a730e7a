"""Seal what is new in the trail and the histories (docs/access-trail.md): the owner's login, each minute.

Ids are given out before a transaction commits, so a row may appear below ids that are already there. A table
is therefore sealed up to an id only when every transaction that was writing to it after that id was given out
has ended: an INSERT locks its table before it draws its id, and ``pg_locks`` says who holds such a lock.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from accounts.trail.digests import (
    OWNER,
    SealedTable,
    digests,
    hash_of,
    listing_of,
    owner_cursor,
    sealed_tables,
)
from accounts.trail.models import SealBatch, SealMark, SealPart

BEFORE_THE_FIRST = "0" * 64
MOST_IDS = 20_000
_ONE_AT_A_TIME = 7_061_215  # a number for the advisory lock, used nowhere else


@dataclass(frozen=True)
class Sealed:
    """The head of the chain after a batch was added."""

    number: int
    count: int
    hash: str


@dataclass(frozen=True)
class Span:
    """The rows of a table with ``after < id <= up_to``."""

    table: SealedTable
    after: int
    up_to: int


def seal(*, now: datetime) -> Sealed | None:
    """Add one batch; None when nothing is ready or another sealer is at work. Call it until it says None."""
    with transaction.atomic(using=OWNER), owner_cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if cursor.fetchone() != (True,):
            return None
        parts = [_part(cursor, span) for span in _ready(cursor)]
        return _add(parts, now) if parts else None


def hash_of_batch(batch: SealBatch, parts: list[SealPart]) -> str:
    """SHA-256 over everything a batch says, its parts by table, and over the hash of the batch before."""
    said = {
        "number": batch.number,
        "sealed_at": batch.sealed_at.astimezone(UTC).isoformat(),
        "previous": batch.previous_hash,
        "parts": [
            [part.table, part.from_id, part.to_id, part.count, list(part.columns), part.hash]
            for part in sorted(parts, key=lambda part: part.table)
        ],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _ready(cursor: CursorWrapper) -> list[Span]:
    """What may be sealed now, table by table; up to where it may be next time is written down.

    The order matters: first which ids were given out, then who is writing, and the rows last.
    """
    tables = sealed_tables(cursor)
    writers = _writers(cursor)
    marks = {mark.table: mark for mark in SealMark.objects.using(OWNER).all()}
    under_way = _under_way(cursor)
    spans = []
    for table in tables:
        mark = marks.get(table.name) or SealMark(table=table.name)
        if under_way.intersection(mark.writers):
            continue  # somebody who was writing then still is
        writing = sorted(writers.get(table.name, ()))
        ready_to = mark.ready_to if writing else table.last_id
        span = Span(table, mark.sealed_to, min(ready_to, mark.sealed_to + MOST_IDS))
        before = (mark.sealed_to, mark.ready_to, mark.writers)
        mark.ready_to, mark.writers = table.last_id, writing
        if span.after < span.up_to:
            spans.append(span)
            mark.sealed_to = span.up_to
        if before != (mark.sealed_to, mark.ready_to, mark.writers):
            mark.save(using=OWNER)
    return spans


def _writers(cursor: CursorWrapper) -> dict[str, set[str]]:
    """The transactions, other than this one, that write to a table or may be about to, by table."""
    cursor.execute(
        """
        SELECT c.relname, l.virtualtransaction FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
        WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock' AND l.pid <> pg_backend_pid()
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """
    )
    found: dict[str, set[str]] = {}
    for table, transaction_id in cursor:
        found.setdefault(table, set()).add(transaction_id)
    return found


def _under_way(cursor: CursorWrapper) -> set[str]:
    cursor.execute("SELECT virtualtransaction FROM pg_locks WHERE locktype = 'virtualxid'")
    return {transaction_id for (transaction_id,) in cursor}


def _part(cursor: CursorWrapper, span: Span) -> SealPart:
    rows = digests(cursor, span.table, span.table.columns, after=span.after, up_to=span.up_to)
    return SealPart(
        table=span.table.name,
        from_id=span.after,
        to_id=span.up_to,
        count=len(rows),
        columns=list(span.table.columns),
        listing=listing_of(rows),
        hash=hash_of(rows),
    )


def _add(parts: list[SealPart], now: datetime) -> Sealed:
    last = SealBatch.objects.using(OWNER).order_by("-number").first()
    batch = SealBatch(
        number=last.number + 1 if last else 1,
        sealed_at=now,
        count=sum(part.count for part in parts),
        previous_hash=last.hash if last else BEFORE_THE_FIRST,
    )
    batch.hash = hash_of_batch(batch, parts)
    batch.save(using=OWNER, force_insert=True)
    for part in parts:
        part.batch = batch
    SealPart.objects.using(OWNER).bulk_create(parts)
    return Sealed(batch.number, batch.count, batch.hash)
