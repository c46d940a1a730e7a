"""From the cells of a row to the results it tells, or to the reasons why it is refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from guideline.edition import Edition
from guideline.entries import Analyte
from monitoring.imports.cells import CellError, CellReader, Patients
from monitoring.imports.entries import Answer, Entry, Place, Problem
from monitoring.imports.files.table import Cell, Row, shown
from monitoring.imports.mapping import ColumnMap, Role, name_key, named_analytes
from monitoring.results.moments import Collected

Read = TypeVar("Read")
LEFT_OUT: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class _About:
    """What all results of one row share."""

    patient_id: UUID
    collected: Collected
    laboratory: str
    method: str
    source_id: str
    state: str


class RowReader:
    """Reads the rows of one file. Texts that come again are read once, which makes 50,000 rows quick."""

    def __init__(
        self, chosen: ColumnMap, edition: Edition, cells: CellReader, patients: Patients, only: UUID | None
    ) -> None:
        self._chosen = chosen
        self._edition = edition
        self._cells = cells
        self._patients = patients
        self._only = only
        self._names = named_analytes(chosen, edition)
        self._place: dict[Role, int] = {
            Role(column.role): place
            for place, column in enumerate(chosen.columns)
            if column.role and not column.analyte
        }
        self._values = chosen.value_places
        self._problems: list[Problem] = []

    def read(self, row: Row) -> tuple[Sequence[Entry], list[Problem]]:
        """The row's results, none if it is left out, and the problems; with a problem nothing is taken."""
        self._problems = []
        width = len(self._chosen.columns)
        if len(row.cells) > width or (len(row.cells) < width and not self._cells.padded):
            reason = (
                f"The row has {len(row.cells)} cells, the header {width}; a delimiter is missing or too many."
            )
            return LEFT_OUT, [Problem(row.line, "", "", reason)]
        if self._is_left_out(row):
            return LEFT_OUT, []
        about = self._about(row)
        entries = [entry for place in self._values if (entry := self._entry(row, place, about)) is not None]
        if not entries and not self._problems:
            self._problems.append(Problem(row.line, "", "", "The row holds no value."))
        return (LEFT_OUT, self._problems) if self._problems else (entries, [])

    def _is_left_out(self, row: Row) -> bool:
        """Whether a person said that results of this name are not wanted."""
        name = self._cell(row, Role.ANALYTE)
        return self._names.get(name_key(shown(name)), name) == "" if name != "" else False

    def _about(self, row: Row) -> _About | None:
        patient = self._patient(row)
        collected = self._collected(row, patient)
        laboratory = self._word(row, Role.LABORATORY, self._chosen.laboratory)
        method = self._word(row, Role.METHOD, self._chosen.method)
        source_id = (
            self._try(row, Role.SOURCE_ID, self._cells.identifier) if Role.SOURCE_ID in self._place else ""
        )
        state = self._try(row, Role.STATE, self._cells.state) if Role.STATE in self._place else ""
        if patient is None or collected is None or None in (laboratory, method, source_id, state):
            return None
        return _About(patient, collected, laboratory or "", method or "", source_id or "", state or "")

    def _patient(self, row: Row) -> UUID | None:
        if Role.PATIENT not in self._place:
            return self._only
        return self._try(row, Role.PATIENT, lambda cell: self._patients.find(cell, only=self._only))

    def _collected(self, row: Row, patient: UUID | None) -> Collected | None:
        clock = self._cell(row, Role.TIME)

        def read(cell: Cell) -> Collected:
            collected = self._cells.collected(cell, clock)
            if patient is not None:
                self._patients.check_day(patient, collected)
            return collected

        return self._try(row, Role.DATE, read)

    def _word(self, row: Row, role: Role, otherwise: str) -> str | None:
        cell = self._cell(row, role)
        return otherwise if cell == "" else self._try(row, role, lambda cell: self._cells.word(cell, role))

    def _entry(self, row: Row, place: int, about: _About | None) -> Entry | None:
        cell = row.cells[place] if place < len(row.cells) else ""
        column = self._chosen.columns[place]
        if column.analyte and cell == "":
            return None  # an empty cell in a column of one analyte tells nothing
        analyte = self._analyte(row, column.analyte)
        if analyte is None:
            return None
        answer = self._answer(row, place, analyte)
        specimen = self._specimen(row, place, analyte)
        lower = self._limit(row, Role.LOWER_LIMIT, analyte)
        upper = self._limit(row, Role.UPPER_LIMIT, analyte)
        if lower is not None and upper is not None and lower > upper:
            self._complain(
                row, self._place[Role.LOWER_LIMIT], f"The lower limit {lower} is above the upper {upper}."
            )
        if about is None or answer is None or specimen is None or self._problems:
            return None
        where = Place(about.patient_id, analyte.key, specimen, about.collected)
        return Entry(
            row.line, column.header, where, answer, about.laboratory, about.method, lower, upper,
            about.source_id, about.state,
        )  # fmt: skip

    def _analyte(self, row: Row, of_column: str) -> Analyte | None:
        if of_column:
            return self._edition.analytes[of_column]
        key = self._try(row, Role.ANALYTE, self._named)
        return self._edition.analytes[key] if key else None

    def _named(self, cell: Cell) -> str:
        key = self._names.get(name_key(shown(cell)))
        if key is None:
            raise CellError(
                "This name is not known; say under Names which result it is, or that it is left out."
                if cell != ""
                else "The row does not say what was measured."
            )
        return key

    def _answer(self, row: Row, place: int, analyte: Analyte) -> Answer | None:
        column = self._chosen.columns[place]
        sign = shown(self._cell(row, Role.COMPARATOR))
        of_row = Role.UNIT in self._place and not column.unit
        unit_cell = self._cell(row, Role.UNIT) if of_row else column.unit
        unit_place = self._place[Role.UNIT] if of_row else place
        found = self._at(row, place, lambda cell: self._cells.answer(analyte.key, cell, sign))
        unit = self._at(row, unit_place, lambda _: self._cells.unit(analyte.key, unit_cell))
        if found is None or unit is None:
            return None
        return Answer(found.value, found.comparator, found.text, unit)

    def _specimen(self, row: Row, place: int, analyte: Analyte) -> str | None:
        fixed = self._chosen.columns[place].specimen
        if not analyte.specimens and (fixed or Role.SPECIMEN not in self._place):
            return ""
        cell = fixed or self._cell(row, Role.SPECIMEN)
        at = place if fixed or Role.SPECIMEN not in self._place else self._place[Role.SPECIMEN]
        return self._at(row, at, lambda _: self._cells.specimen(analyte.key, cell))

    def _limit(self, row: Row, role: Role, analyte: Analyte) -> Decimal | None:
        if self._cell(row, role) == "":
            return None
        return self._try(row, role, lambda cell: self._cells.limit(analyte.key, cell))

    def _cell(self, row: Row, role: Role) -> Cell:
        place = self._place.get(role)
        return "" if place is None or place >= len(row.cells) else row.cells[place]

    def _try(self, row: Row, role: Role, read: Callable[[Cell], Read]) -> Read | None:
        return self._at(row, self._place[role], read)

    def _at(self, row: Row, place: int, read: Callable[[Cell], Read]) -> Read | None:
        """What ``read`` makes of the cell; None after noting what is wrong with it."""
        try:
            return read(row.cells[place] if place < len(row.cells) else "")
        except CellError as error:
            self._complain(row, place, str(error))
            return None

    def _complain(self, row: Row, place: int, reason: str) -> None:
        cell = row.cells[place] if place < len(row.cells) else ""
        self._problems.append(Problem(row.line, self._chosen.columns[place].header, shown(cell), reason))
