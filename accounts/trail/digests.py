"""The rows that are sealed, and a digest of each: the one place that says what a row's canonical form is.

Sealed are the trail and every history table (they have a ``pgh_id``). A row's form is the JSON text that
PostgreSQL makes of the named columns, times in UTC. A history row's ``hospital_id`` is left out: it follows a
patient who is transferred, and a foreign key binds it to that patient's.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connections
from django.db.backends.utils import CursorWrapper

TRAIL = "trail_accessevent"
OWNER = "owner"
HEAD = 8  # bytes of a digest that the listing keeps

_TABLES = f"""
SELECT c.relname, i.attname, c.relforcerowsecurity AND c.relname <> '{TRAIL}',
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             AND NOT (a.attname = 'hospital_id' AND i.attname = 'pgh_id') ORDER BY a.attnum),
       coalesce(s.last_value, 0)
FROM pg_class c
JOIN pg_attribute i ON i.attrelid = c.oid
     AND (i.attname = 'pgh_id' OR (c.relname = '{TRAIL}' AND i.attname = 'id'))
LEFT JOIN pg_sequences s ON format('%I.%I', s.schemaname, s.sequencename)
     = pg_get_serial_sequence(format('%I.%I', 'public', c.relname), i.attname)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
ORDER BY c.relname
"""  # noqa: S608 - our own name


@dataclass(frozen=True)
class SealedTable:
    """A table whose rows are sealed; ``last_id`` was given out before it was read."""

    name: str
    key: str
    is_walled: bool
    columns: tuple[str, ...]
    last_id: int


def sealed_tables(cursor: CursorWrapper) -> list[SealedTable]:
    cursor.execute(_TABLES)
    return [
        SealedTable(name, key, walled, tuple(columns), last) for name, key, walled, columns, last in cursor
    ]


def owner_cursor() -> CursorWrapper:
    """A cursor of the owner's login, for one transaction that reads the rows of every hospital in turn."""
    cursor = connections[OWNER].cursor()
    cursor.execute("SET LOCAL timezone = 'UTC'")
    return cursor


def digests(
    cursor: CursorWrapper, table: SealedTable, columns: Sequence[str], *, after: int, up_to: int
) -> dict[int, bytes]:
    """SHA-256 of each row with ``after < id <= up_to``, by id, in the order of the ids."""
    found: dict[int, bytes] = {}
    names = ", ".join(f'"{name}"' for name in columns)
    statement = (
        f"SELECT x.\"{table.key}\", sha256(convert_to(to_jsonb(x)::text, 'UTF8')) FROM "  # noqa: S608 - from the catalogue
        f'(SELECT {names} FROM "{table.name}" WHERE "{table.key}" > %s AND "{table.key}" <= %s) x'
    )
    for hospital_id in _hospitals(cursor) if table.is_walled else [None]:
        cursor.execute("SELECT set_config('app.hospital', %s, true)", [str(hospital_id or "")])
        cursor.execute(statement, [after, up_to])
        found |= {key: bytes(digest) for key, digest in cursor}
    return dict(sorted(found.items()))


def hash_of(rows: dict[int, bytes]) -> str:
    """SHA-256 over the digests in the order of the ids, each with its id."""
    lines = "".join(f"{key} {digest.hex()}\n" for key, digest in rows.items())
    return hashlib.sha256(lines.encode()).hexdigest()


def listing_of(rows: dict[int, bytes]) -> bytes:
    return b"".join(key.to_bytes(8) + digest[:HEAD] for key, digest in rows.items())


def read_listing(listing: bytes) -> Iterator[tuple[int, bytes]]:
    """Ids with the beginnings of their digests."""
    for start in range(0, len(listing), 8 + HEAD):
        yield int.from_bytes(listing[start : start + 8]), listing[start + 8 : start + 8 + HEAD]


def _hospitals(cursor: CursorWrapper) -> list[UUID]:
    cursor.execute("SELECT id FROM accounts_hospital ORDER BY id")
    return [hospital_id for (hospital_id,) in cursor.fetchall()]
