"""Files for tests, as laboratories send them, with one thing changed at a time."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from openpyxl import Workbook, load_workbook

from accounts.models import Hospital, Membership
from accounts.scope import enter_hospital
from guideline.edition import load_edition
from monitoring.imports import mapping
from monitoring.imports.actions import batches
from monitoring.imports.files.content import find_layout, read_table
from monitoring.imports.mapping import ColumnMap
from monitoring.imports.models import Batch, Status
from monitoring.imports.working import Outcome, work
from patients.models import Patient
from tests.personas import NOW

HEADER = "Patient,Analyte,Value,Unit,Specimen,Date,Laboratory"
ROW = "A-1001,VEGF,1450,pg/mL,Plasma,2026-01-05,Laboratory A"


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *(rows or (ROW,))]).encode()


def workbook(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """A spreadsheet of these rows; ``change`` gets the sheet before it is saved."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change is not None:
        change(book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The archive with one part more, or another one in its place."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return target.getvalue()


def sheet_of(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]


def uploaded(
    content: bytes, by: Membership, *, source: str = "Laboratory A", patient: Patient | None = None
) -> Batch:
    return batches.upload(
        content=content,
        name="results.csv",
        layout=find_layout(content),
        source_name=source,
        patient=patient,
        submission=uuid4(),
        by=by,
        now=NOW,
    )


def proposed(content: bytes, **changes: Any) -> ColumnMap:
    """The columns as the headers say, with some of the decisions changed."""
    found = mapping.proposal(read_table(content, find_layout(content)), load_edition())
    return ColumnMap(**{**found.__dict__, **changes})


def checked(content: bytes, by: Membership, **options: Any) -> Batch:
    """Uploaded with the columns that the headers propose, and checked."""
    changes = options.pop("changes", {})
    batch = uploaded(content, by, **options)
    batches.save_columns(batch=batch, chosen=proposed(content, **changes), by=by)
    batches.ask_check(batch=batch, by=by, now=NOW)
    worked(batch, by.hospital)
    return again(batch)


def imported(content: bytes, by: Membership, *, accept_unusual: bool = False, **options: Any) -> Batch:
    batch = checked(content, by, **options)
    assert batch.status == Status.CHECKED, batch.trouble
    batches.ask_import(batch=batch, accept_unusual=accept_unusual, by=by, now=NOW)
    worked(batch, by.hospital)
    return again(batch)


def worked(batch: Batch, hospital: Hospital) -> Outcome:
    """As a worker does it; afterwards the transaction works for the hospital again."""
    outcome = work(hospital_id=hospital.pk, batch_id=batch.pk, clock=lambda: NOW)
    enter_hospital(hospital.pk)
    return outcome


def again(batch: Batch) -> Batch:
    return Batch.objects.get(pk=batch.pk)


def reasons(batch: Batch, kind: str = "refused") -> list[str]:
    return list(batch.findings.filter(kind=kind).order_by("pk").values_list("reason", flat=True))


def many_rows(number: int, patients: int, *, bad: int = 0) -> list[str]:
    """VEGF values of many patients, one a day; the last ``bad`` rows have no unit or a strange number."""
    first = date(2010, 1, 1)
    rows = [
        f"A-{1001 + place % patients},VEGF,{20 + place % 1900},pg/mL,Plasma,"
        f"{first + timedelta(days=place // patients)},Laboratory A"
        for place in range(number)
    ]
    wrong = (("pg/mL", ""), ("Plasma,20", "Plasma,x"), ("VEGF,", "VEGF,about "))
    for place in range(number - bad, number):
        rows[place] = rows[place].replace(*wrong[place % len(wrong)])
    return rows


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
