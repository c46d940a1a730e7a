"""What import pages show, as plain data; templates turn it into HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from monitoring.imports.files.content import Layout
from monitoring.imports.files.table import Cell, Table, shown
from monitoring.imports.files.text import DELIMITERS, ENCODINGS
from monitoring.imports.mapping import OUR_HEADERS
from monitoring.imports.models import Batch, Finding, FindingKind, Status
from monitoring.results.numbers import typed_again

STEPS = ("File", "Columns", "Check", "Import")
REPLACED = "Another value stands here and will be replaced."
STEP_OF = {
    Status.COLUMNS: 1, Status.CHECKING: 2, Status.CHECKED: 2, Status.IMPORTING: 3, Status.IMPORTED: 4,
    Status.DISCARDED: 0,
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class Tally:
    """One number of the check; ``kind`` leads to its list, "" if it has none."""

    label: str
    number: int
    explanation: str
    kind: str = ""


def steps_of(batch: Batch | None) -> list[Step]:
    """Where a file is on its way; a step that can be gone back to is a link."""
    at = STEP_OF[Status(batch.status)] if batch else 0
    back = batch is not None and batch.status in {Status.COLUMNS, Status.CHECKED}
    return [
        Step(
            label,
            "done" if place < at else "current" if place == at else "open",
            reverse("imports:columns", args=[batch.pk]) if batch and back and label == "Columns" else "",
        )
        for place, label in enumerate(STEPS)
    ]


def layout_in_words(layout: Layout, table: Table) -> str:
    """``Unicode (UTF-8), separated by semicolon, 5,000 rows``."""
    rows = f"{len(table.rows):,} {'row' if len(table.rows) == 1 else 'rows'}"
    if layout.kind == "spreadsheet":
        return f"Spreadsheet, sheet “{layout.sheet}”, {rows}"
    return f"{ENCODINGS[layout.encoding]}, separated by {DELIMITERS[layout.delimiter]}, {rows}"


def tallies(batch: Batch) -> list[Tally]:
    """What the check or the import found, what needs no look last."""
    done = batch.status == Status.IMPORTED
    told = (
        ("new", "New", "Added to the records." if done else "Will be added."),
        ("corrected", "Corrected", "Replaced; the history keeps the old." if done else REPLACED),
        ("same", "Already there", "Left as they were." if done else "Nothing to do."),
        ("changed_since", "Changed here since", "Told before and corrected here; the record stays."),
        ("unusual", "Unusual", "Far outside of what is plausible: look at number and unit."),
        ("refused", "Refused rows", "Not imported; repair them and upload them again."),
        ("left_out", "Left out", "Rows you did not want."),
    )  # fmt: skip
    always = {"new", "same", "refused"}
    return [
        Tally(label, batch.counts.get(key, 0), words, key if key in FindingKind.values else "")
        for key, label, words in told
        if key in always or batch.counts.get(key)
    ]


def refused_rows(table: Table, findings: Sequence[Finding]) -> Iterator[list[str]]:
    """The refused rows as they were, each with its line and why, under the file's own headers."""
    reasons: dict[int, list[str]] = {}
    for finding in findings:
        where = f"{finding.column}: " if finding.column else ""
        reasons.setdefault(finding.line, []).append(f"{where}{finding.reason}")
    width = len(table.headers)
    yield [*table.headers, *OUR_HEADERS]
    for row in table.rows:
        if row.line in reasons:
            cells = [_as_cell(cell) for cell in row.cells]
            whole = [*cells, *[""] * (width - len(cells))][: max(width, len(cells))]
            yield [*whole[:width], str(row.line), " ".join([*reasons[row.line], *_surplus(whole[width:])])]


def _as_cell(cell: Cell) -> str:
    """A spreadsheet's number in a form that text has one reading for."""
    return typed_again(cell) if isinstance(cell, Decimal) and cell >= 0 else shown(cell)


def _surplus(cells: Sequence[str]) -> list[str]:
    return [f"More cells than headers: {' | '.join(cells)}"] if cells else []
