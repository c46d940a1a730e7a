"""The archive of a record: a table each as CSV, all of them as JSON, and the names of who wrote."""

import io
import json
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from monitoring.results.defused import write_csv
from poems_site.pages.export.tables import record_tables

EXPLANATION = """One patient's record, exported {at:%Y-%m-%d %H:%M %Z}.

csv/      one table each, with the names of the columns in the first line. A table that ends in _history holds
          every state its rows ever had: pgh_created_at is when it was written, pgh_context who wrote it.
          An apostrophe before =, +, - or @ keeps a spreadsheet from running the text; it is no part of it.
          An empty cell is a value that is not known.
record.json   the same with numbers as text, exactly as they are kept, and null for what is not known.
people    the names of those whom columns ending in _by_id or user_id mention.

The archive holds health data. It names the patient inside, never in the names of its files.
"""


@dataclass(frozen=True)
class Extract:
    """The rows of one table, each cell as the database holds it."""

    name: str
    columns: list[str]
    rows: list[tuple[Any, ...]]


def record_archive(records: Collection[UUID], *, now: datetime) -> bytes:
    """The ZIP archive of a patient's record, which may be several records that were merged."""
    extracts = _extracts(records)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", EXPLANATION.format(at=now))
        for extract in extracts:
            archive.writestr(f"csv/{extract.name}.csv", _as_csv(extract))
        archive.writestr("record.json", _as_json(extracts))
    return target.getvalue()


def cell(value: Any) -> str:
    """A value as text: a day as 2026-05-03, yes and no as true and false, nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _extracts(records: Collection[UUID]) -> list[Extract]:
    extracts, people = [], set()
    for table in record_tables():
        rows = list(table.rows_of(records))
        extracts.append(Extract(table.name, table.columns, rows))
        places = [table.columns.index(column) for column in table.people_columns]
        people |= {row[place] for row in rows for place in places}
    names = User.objects.filter(pk__in=people - {None}).order_by("full_name").values_list("pk", "full_name")
    return [*extracts, Extract("people", ["id", "full_name"], list(names))]


def _as_csv(extract: Extract) -> str:
    text = io.StringIO()
    write_csv(text, [extract.columns, *([cell(value) for value in row] for row in extract.rows)])
    # The mark tells spreadsheets that it is Unicode.
    return "\ufeff" + text.getvalue()


def _as_json(extracts: list[Extract]) -> str:
    whole = {
        extract.name: [dict(zip(extract.columns, row, strict=True)) for row in extract.rows]
        for extract in extracts
    }
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
