"""The meaning of single cells: read in one way, or refused with the sentence that says what is allowed."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Generic, NamedTuple, ParamSpec, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from guideline.entries import Analyte
from monitoring.imports.days import DayError, DayOrder, check_day, read_moment, read_time
from monitoring.imports.files.table import Cell, shown
from monitoring.imports.mapping import Role
from monitoring.imports.marks import Mark, read_with
from monitoring.results.forms.reading import as_known, read_yes_no
from monitoring.results.models import Precision, Specimen, State
from monitoring.results.moments import Collected, MomentError, collected_about, collected_on
from monitoring.results.numbers import COMPARATORS, NumberError, Quantity
from monitoring.results.units import UnitError, fitting_unit
from patients.partial_dates import PartialDate

MONTH_OR_YEAR = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2]))?", re.ASCII)
LONGEST_WORD = 100
LONGEST_TEXT = 200
LONGEST_NUMBER = 60
SPECIMENS = MappingProxyType(
    {specimen.label.casefold(): specimen.value for specimen in Specimen}
    | {specimen.value: specimen.value for specimen in Specimen}
    | {"blood": "whole_blood", "edta blood": "whole_blood", "edta plasma": "plasma", "marrow": "bone_marrow"}
)
# The letters are those of HL7 (OBX-11).
STATES = MappingProxyType(
    {
        "final": State.FINAL, "f": State.FINAL, "preliminary": State.PRELIMINARY, "p": State.PRELIMINARY,
        "corrected": State.CORRECTED, "amended": State.CORRECTED, "c": State.CORRECTED,
        "entered in error": State.ENTERED_IN_ERROR, "entered_in_error": State.ENTERED_IN_ERROR,
        "w": State.ENTERED_IN_ERROR, "d": State.ENTERED_IN_ERROR,
    }
)  # fmt: skip

Arguments = ParamSpec("Arguments")
Read = TypeVar("Read")


class CellError(ValueError):
    """The cell cannot be taken; the message is one sentence."""


class Found(NamedTuple):
    """A number with its sign, or words."""

    value: Decimal | None
    comparator: str = ""
    text: str = ""


class Person(NamedTuple):
    """As much of a patient as rows are compared with; ``born`` is the first day that is possible."""

    id: UUID
    record_number: str
    born: date


class Memory(Generic[Arguments, Read]):
    """A function that reads each text once; also its refusal is remembered."""

    def __init__(self, read: Callable[Arguments, Read]) -> None:
        self._read = read
        self._known: dict[Hashable, tuple[Read | None, str]] = {}

    def __call__(self, *arguments: Arguments.args, **named: Arguments.kwargs) -> Read:
        if arguments not in self._known:
            try:
                self._known[arguments] = self._read(*arguments, **named), ""
            except (CellError, NumberError, UnitError, DayError, MomentError) as error:
                self._known[arguments] = None, str(error)
        found, reason = self._known[arguments]
        if reason:
            raise CellError(reason)
        return found  # type: ignore[return-value] # None only together with a reason, or because it was read


class Patients:
    """The hospital's patients by record number; ``today`` is the last day a row may name."""

    def __init__(self, people: Sequence[Person], today: date) -> None:
        self._by_number = {person.record_number.casefold(): person for person in people}
        self._by_id = {person.id: person for person in people}
        self._today = today
        self._bare = {number.lstrip("0"): person.record_number for number, person in self._by_number.items()}

    def find(self, cell: Cell, *, only: UUID | None) -> UUID:
        """The patient with this record number; ``only`` is the one whose import this is. Raises CellError."""
        number = shown(cell).strip()
        if not number:
            raise CellError("The row names no patient; give the record number.")
        person = self._by_number.get(number.casefold())
        if person is None:
            raise CellError(self._why_nobody(cell, number))
        if only is not None and person.id != only:
            raise CellError("The row is about another patient than the one whose page this import began on.")
        return person.id

    def check_day(self, patient_id: UUID, collected: Collected) -> None:
        """Raises CellError for a day before birth or in the future."""
        try:
            last = PartialDate(collected.on, collected.precision).last
            check_day(collected.on, last, born=self._by_id[patient_id].born, today=self._today)
        except DayError as error:
            raise CellError(str(error)) from error

    def _why_nobody(self, cell: Cell, number: str) -> str:
        meant = self._bare.get(number.lstrip("0").casefold())
        if meant is not None and isinstance(cell, Decimal):
            return (
                f"No patient has the record number {number}, but one has {meant}: a spreadsheet drops "
                "leading zeros of numbers. Format the column as text and write the number in full."
            )
        return f"No patient of this hospital has the record number {number[:40]}; register the patient first."


@dataclass(frozen=True)
class Reading:
    """How the cells of a file are to be read."""

    mark: Mark
    day_order: DayOrder
    zone: ZoneInfo
    known_words: Mapping[Role, Sequence[str]]
    padded: bool  # a spreadsheet leaves out empty cells at the end of a row


class CellReader:
    """Reads the cells of one file; analytes are named by their keys."""

    def __init__(self, reading: Reading, analytes: Mapping[str, Analyte]) -> None:
        self._reading = reading
        self._analytes = analytes
        self.padded = reading.padded
        self.answer = Memory(self._answer)
        self.limit = Memory(self._limit)
        self.unit = Memory(self._unit)
        self.specimen = Memory(self._specimen)
        self.collected = Memory(self._collected)
        self.word = Memory(self._word)
        self.state = Memory(self._state)

    def identifier(self, cell: Cell) -> str:
        text = shown(cell)
        if len(text) > LONGEST_WORD:
            raise CellError(f"At most {LONGEST_WORD} characters are kept; this has {len(text)}.")
        return text

    def _unit(self, key: str, cell: Cell) -> str:
        return fitting_unit(self._analytes[key], shown(cell))

    def _answer(self, key: str, cell: Cell, sign: str) -> Found:
        analyte = self._analytes[key]
        if cell == "":
            raise CellError("The row has no value; zero is written as 0.")
        if analyte.reads == "text":
            return self._words(cell, sign)
        if analyte.reads == "yes_no":
            reading = read_yes_no(analyte, shown(cell))
            if reading.quantity is None or sign:
                raise CellError(reading.problem or f"{analyte.label} takes no sign before the value.")
            return Found(reading.quantity.number)
        quantity = self._quantity(cell)
        comparator = COMPARATORS.get(sign, "") if sign not in {"", "="} else ""
        if sign not in {"", "="} and not comparator:
            raise CellError(f"“{sign[:20]}” is no sign before a value; allowed are <, <=, > and >=.")
        if comparator and quantity.comparator and comparator != quantity.comparator:
            raise CellError(
                f"The value says {quantity.comparator} and the column of signs says {comparator}."
            )
        return Found(quantity.number, comparator or quantity.comparator)

    def _words(self, cell: Cell, sign: str) -> Found:
        text = " ".join(shown(cell).split())
        if sign or len(text) > LONGEST_TEXT:
            raise CellError(f"An answer in words has no sign and at most {LONGEST_TEXT} characters.")
        return Found(None, "", text)

    def _quantity(self, cell: Cell) -> Quantity:
        if isinstance(cell, datetime | date | time):
            raise CellError(
                f"The spreadsheet turned the value into a date, {shown(cell)}; type it again in a column "
                "formatted as text or number."
            )
        text = shown(cell)
        if len(text) > LONGEST_NUMBER:
            raise CellError(f"A number may have at most {LONGEST_NUMBER} characters; this has {len(text)}.")
        # A number cell is exact: its text has one decimal point, whatever sign the file's texts use.
        return read_with(text, "." if isinstance(cell, Decimal) else self._reading.mark)

    def _limit(self, key: str, cell: Cell) -> Decimal:
        analyte = self._analytes[key]
        if analyte.reads != "quantity":
            raise CellError(f"{analyte.label} has no limits; leave this empty.")
        quantity = self._quantity(cell)
        if quantity.comparator:
            raise CellError("A limit is a number without a sign before it.")
        return quantity.number

    def _specimen(self, key: str, cell: Cell) -> str:
        analyte = self._analytes[key]
        text = " ".join(shown(cell).split())
        allowed = [Specimen(word).label for word in (*analyte.specimens, Specimen.UNKNOWN)]
        if not analyte.specimens:
            if text:
                raise CellError(f"{analyte.label} is measured in no specimen; leave this empty.")
            return ""
        if not text:
            raise CellError(f"No specimen is given; allowed are {', '.join(allowed)}.")
        specimen = SPECIMENS.get(text.casefold(), "")
        if specimen not in (*analyte.specimens, Specimen.UNKNOWN):
            raise CellError(
                f"{analyte.label} is not measured in “{text[:40]}”; allowed are {', '.join(allowed)}."
            )
        return specimen

    def _collected(self, cell: Cell, clock: Cell) -> Collected:
        if cell == "":
            raise CellError("The row has no day of collection.")
        if isinstance(cell, datetime):
            at = cell.time() if cell.time() != time.min else None
            return self._at(cell.date(), at, clock)
        if isinstance(cell, date):
            return self._at(cell, None, clock)
        text = shown(cell).strip()
        if (about := MONTH_OR_YEAR.fullmatch(text)) and clock == "":
            day = date(int(about[1]), int(about[2] or 1), 1)
            return collected_about(PartialDate(day, Precision.MONTH if about[2] else Precision.YEAR))
        moment = read_moment(text, self._reading.day_order, self._reading.zone)
        if moment.instant is not None and moment.at is not None:
            return Collected(moment.on, Precision.MINUTE, moment.at, moment.instant)
        return self._at(moment.on, moment.at, clock)

    def _at(self, on: date, at: time | None, clock: Cell) -> Collected:
        if clock != "":
            if at is not None:
                raise CellError("The day holds a time already; leave out one of the two columns.")
            if isinstance(clock, datetime):
                clock = clock.time()
            at = clock if isinstance(clock, time) else read_time(shown(clock))
        return collected_on(on, at, self._reading.zone)

    def _word(self, cell: Cell, role: Role) -> str:
        text = " ".join(shown(cell).split())
        if len(text) > LONGEST_WORD:
            raise CellError(f"At most {LONGEST_WORD} characters are kept; this has {len(text)}.")
        return as_known(text, self._reading.known_words.get(role, ()))

    def _state(self, cell: Cell) -> str:
        text = " ".join(shown(cell).split())
        if not text:
            return ""
        state = STATES.get(text.casefold())
        if state is None:
            raise CellError(
                f"“{text[:40]}” is no state; allowed are final, preliminary, corrected, entered in error."
            )
        return state
