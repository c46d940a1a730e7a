"""Read a whole file against the record: what would be new, what is there already, what is refused and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from guideline.edition import Edition
from monitoring.imports import days, marks
from monitoring.imports.cells import CellReader, Patients, Person, Reading
from monitoring.imports.comparing import answer_shown
from monitoring.imports.entries import Entry, Problem
from monitoring.imports.files.table import Table
from monitoring.imports.mapping import ColumnMap, Role
from monitoring.imports.rows import RowReader
from monitoring.results.forms.reading import doubt_about
from monitoring.results.numbers import Quantity

ROWS_BETWEEN_LOOKS = 500


@dataclass(frozen=True)
class Surroundings:
    """What rows are read against. ``only``: the patient on whose page the import began."""

    edition: Edition
    people: Sequence[Person]
    known_words: Mapping[Role, Sequence[str]]
    zone: ZoneInfo
    today: date
    only: UUID | None


@dataclass
class FileTells:
    """Entries, the problems of refused rows, and how many rows a person wants left out."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0


def settled_mark(table: Table, chosen: ColumnMap) -> marks.Settled:
    """The decimal sign: a person's choice, else what the numbers of the file tell together."""
    if chosen.mark:
        return marks.Settled(chosen.mark)
    places = [*chosen.value_places, chosen.place(Role.LOWER_LIMIT), chosen.place(Role.UPPER_LIMIT)]
    return marks.settle(chain.from_iterable(_texts(table, place) for place in places if place is not None))


def settled_order(table: Table, chosen: ColumnMap) -> days.SettledOrder:
    """Day or month first: a person's choice, else what the days of the file tell together."""
    place = chosen.place(Role.DATE)
    if chosen.day_order or place is None:
        return days.SettledOrder(chosen.day_order)
    return days.settle_order(_texts(table, place))


def read_rows(
    table: Table, chosen: ColumnMap, around: Surroundings, *, padded: bool, look_up: Callable[[float], None]
) -> FileTells:
    """Every row, read. ``look_up`` is told the share that is done now and then, and may raise to stop."""
    reading = Reading(
        mark=settled_mark(table, chosen).mark,
        day_order=settled_order(table, chosen).order,
        zone=around.zone,
        known_words=around.known_words,
        padded=padded,
    )
    patients = Patients(around.people, around.today)
    reader = RowReader(
        chosen, around.edition, CellReader(reading, around.edition.analytes), patients, around.only
    )
    told = FileTells()
    for number, row in enumerate(table.rows):
        if number % ROWS_BETWEEN_LOOKS == 0:
            look_up(number / len(table.rows))
        entries, problems = reader.read(row)
        told.entries += entries
        told.problems += problems
        told.left_out += not entries and not problems
    return told


def unusual(entries: Sequence[Entry], edition: Edition) -> list[Problem]:
    """Entries far outside of what is plausible, each with the sentence that asks."""
    found = []
    for entry in entries:
        analyte, answer = edition.analytes[entry.place.analyte], entry.answer
        if answer.value is None or analyte.reads != "quantity":
            continue
        doubt = doubt_about(analyte, Quantity(answer.value, answer.comparator), answer.unit)
        if doubt is not None:
            sentence = doubt.question.partition(";")[0] + "; check number and unit."
            found.append(Problem(entry.line, entry.column, answer_shown(answer), sentence))
    return found


def _texts(table: Table, place: int) -> list[str]:
    """The column's texts; cells that a spreadsheet knows as numbers or dates tell nothing about signs."""
    cells = (row.cells[place] for row in table.rows if place < len(row.cells))
    return [cell for cell in cells if isinstance(cell, str) and cell]
