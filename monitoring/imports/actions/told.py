"""Write down what a source has told, so that telling it again changes nothing."""

from collections.abc import Sequence

from django.db import connection

from monitoring.imports.entries import Entry
from monitoring.imports.models import Batch

INSERT = """
    INSERT INTO imports_told (hospital_id, source_id, fingerprint, source_identifier, result_id)
    SELECT %s, %s, unnest(%s::uuid[]), unnest(%s::text[]), unnest(%s::bigint[])
"""


def note(*, batch: Batch, told: Sequence[tuple[Entry, int]]) -> None:
    """Each entry with the key of its result; the database refuses what this source has told before."""
    prints = [entry.fingerprint for entry, _ in told]
    numbers = [entry.source_id for entry, _ in told]
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT, [batch.hospital_id, batch.source_id, prints, numbers, [key for _, key in told]]
        )
