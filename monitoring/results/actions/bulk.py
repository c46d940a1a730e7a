"""Write many results in few statements; history is kept by the same triggers as for one."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from accounts.models import Membership
from monitoring.results.actions.results import ResultEntry
from monitoring.results.changed import results_changed
from monitoring.results.models import Result

ROWS_PER_STATEMENT = 1_000
ENCODER = DjangoJSONEncoder()
# COPY is refused on tables with row-level security; a document that the database unfolds is as quick. What
# all rows share stands in it once.
INSERT = (
    'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM json_populate_recordset('
    'json_populate_record(NULL::"{table}", %s), %s) RETURNING id, patient_id, position'
)


class TooManyOfOnePatientError(Exception):
    """More results of one patient in one submission than their places can number."""


class ChangedMeanwhileError(Exception):
    """A result to be corrected is no longer at the version it was seen at."""


class Writer:
    """Adds results of many patients under one ``submission``; the caller's transaction holds them together.

    The same submission a second time is refused by the database (result_is_submitted_once).
    """

    def __init__(self, *, submission: UUID, by: Membership, now: datetime) -> None:
        fields = [field for field in Result._meta.concrete_fields if not field.primary_key]
        self._shared: dict[str, Any] = {field.attname: field.get_default() for field in fields} | {
            "hospital_id": by.hospital_id,
            "recorded_by_id": by.user_id,
            "recorded_at": now,
            "submission": submission,
        }
        columns = ", ".join(f'"{field.column}"' for field in fields)
        self._insert = INSERT.format(table=Result._meta.db_table, columns=columns)
        position = Result._meta.get_field("position")
        self._most_of_one = connection.ops.integer_field_range(position.get_internal_type())[1]
        self._places: Counter[UUID] = Counter()

    def add(self, entries: Sequence[tuple[UUID, ResultEntry]]) -> list[int]:
        """The keys of the new results, in the order of ``entries`` (patient and what was reported)."""
        rows = [self._row(patient_id, entry) for patient_id, entry in entries]
        with connection.cursor() as cursor:
            cursor.execute(
                self._insert, [json.dumps(part, default=_as_text) for part in (self._shared, rows)]
            )
            keys = {(patient_id, position): key for key, patient_id, position in cursor.fetchall()}
        return [keys[row["patient_id"], row["position"]] for row in rows]

    def _row(self, patient_id: UUID, entry: ResultEntry) -> Mapping[str, Any]:
        position = self._places[patient_id]
        if position > self._most_of_one:
            raise TooManyOfOnePatientError(f"more than {self._most_of_one} results of one patient")
        self._places[patient_id] += 1
        own = {name: value for name, value in entry.items() if value != self._shared[name]}
        return own | {"patient_id": patient_id, "position": position}


@transaction.atomic
def correct_many(*, corrections: Sequence[tuple[int, int, ResultEntry]], by: Membership) -> None:
    """Replace what stands by ``(key, version as seen, entry)``, or nothing: ChangedMeanwhileError."""
    wanted = {key: (version, entry) for key, version, entry in corrections}
    locked = list(Result.objects.visible_to(by).filter(pk__in=wanted).select_for_update().order_by("pk"))
    if len(locked) != len(wanted) or any(row.version != wanted[row.pk][0] for row in locked):
        raise ChangedMeanwhileError
    fields: set[str] = {"version"}
    for row in locked:
        _, entry = wanted[row.pk]
        for field, value in entry.items():
            setattr(row, field, value)
        row.version += 1
        fields |= set(entry)
    Result.objects.bulk_update(locked, sorted(fields), batch_size=ROWS_PER_STATEMENT)
    results_changed({row.patient_id for row in locked}, by=by)


def _as_text(value: Any) -> str:
    """Exact: a number stays the digits it is made of."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, UUID) else str(ENCODER.default(value))
