"""Look whether the chain holds and whether every sealed row is what it was; each fault in one sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from accounts.trail.digests import (
    HEAD,
    OWNER,
    SealedTable,
    digests,
    hash_of,
    owner_cursor,
    read_listing,
    sealed_tables,
)
from accounts.trail.models import SealBatch, SealMark, SealPart
from accounts.trail.sealing import BEFORE_THE_FIRST, hash_of_batch


@dataclass(frozen=True)
class Anchor:
    """A head of the chain as it was written down outside of the database."""

    number: int
    hash: str


def read_anchors(lines: Iterable[str]) -> list[Anchor]:
    """Anchors from lines of ``number hash ...``. ValueError for a line that is none."""
    words = (line.split() for line in lines if line.strip())
    return [Anchor(int(number), seal) for number, seal, *_ in words]


def faults(*, anchors: Iterable[Anchor] = ()) -> Iterator[str]:
    """Every fault, batch by batch from the first; nothing means that all is as it was sealed."""
    with transaction.atomic(using=OWNER), owner_cursor() as cursor:
        tables = {table.name: table for table in sealed_tables(cursor)}
        reached: dict[str, int] = {}
        heads: dict[int, str] = {}
        number, last = 0, BEFORE_THE_FIRST
        for batch in SealBatch.objects.using(OWNER).order_by("number"):
            parts = list(batch.parts.using(OWNER).order_by("table"))
            yield from _missing(number, batch)
            yield from _link(batch, parts, last if batch.number == number + 1 else None)
            for part in parts:
                yield from _part(cursor, tables.get(part.table), part, reached.get(part.table, 0))
                reached[part.table] = part.to_id
            number, last = batch.number, batch.hash
            heads[number] = last
        yield from _cut_off(reached)
        yield from (
            f"Batch {anchor.number} is not the one whose hash was written down ({anchor.hash[:12]}…)."
            for anchor in anchors
            if heads.get(anchor.number) != anchor.hash
        )


def _missing(number: int, batch: SealBatch) -> Iterator[str]:
    if batch.number == number + 2:
        yield f"Batch {number + 1} is missing."
    elif batch.number > number + 2:
        yield f"Batches {number + 1} to {batch.number - 1} are missing."


def _link(batch: SealBatch, parts: list[SealPart], expected: str | None) -> Iterator[str]:
    if expected is not None and batch.previous_hash != expected:
        yield f"Batch {batch.number} does not follow batch {batch.number - 1}: its hash of that one differs."
    if batch.hash != hash_of_batch(batch, parts):
        yield f"Batch {batch.number} was changed: its hash is not that of what it says."


def _part(cursor: CursorWrapper, table: SealedTable | None, part: SealPart, reached: int) -> Iterator[str]:
    where = f"Batch {part.batch_id}"
    if part.from_id != reached:
        yield f"{where}: {part.table} is not sealed from {reached} to {part.from_id}."
    if table is None:
        yield f"{where}: the table {part.table} is gone."
        return
    if gone := sorted(set(part.columns) - {*table.columns}):
        yield f"{where}: {part.table} has lost the column {', '.join(gone)}; its rows cannot be checked."
        return
    rows = digests(cursor, table, part.columns, after=part.from_id, up_to=part.to_id)
    if hash_of(rows) != part.hash:
        yield f"{where}: {_first_difference(rows, part)}"


def _first_difference(rows: dict[int, bytes], part: SealPart) -> str:
    """Which row differs from what was sealed, as far as the listing tells."""
    sealed = dict(read_listing(bytes(part.listing)))
    standing = {key: digest[:HEAD] for key, digest in rows.items()}
    for key in sorted(sealed.keys() | standing.keys()):
        if key not in standing:
            return f"row {key} of {part.table} was removed."
        if key not in sealed:
            return f"row {key} of {part.table} was put in afterwards."
        if standing[key] != sealed[key]:
            return f"row {key} of {part.table} was changed."
    return f"rows {part.from_id + 1} to {part.to_id} of {part.table} are not those that were sealed."


def _cut_off(reached: dict[str, int]) -> Iterator[str]:
    for mark in SealMark.objects.using(OWNER).order_by("table"):
        if mark.sealed_to != reached.get(mark.table, 0):
            yield (
                f"{mark.table} was sealed to row {mark.sealed_to}, and the batches end at "
                f"{reached.get(mark.table, 0)}: later batches are missing."
            )
