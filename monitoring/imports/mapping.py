"""What each column of a file means: chosen by a person, remembered for the source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from guideline.edition import Edition
from monitoring.imports.days import DayOrder
from monitoring.imports.files.table import Table, shown
from monitoring.imports.marks import Mark
from monitoring.results.units import CODES, GREEK_MU, MICRO, units_of

VALUES_OF = "values_of:"
LEAVE_OUT = ""
# The columns that our own file of refused rows adds; they mean nothing when it comes back.
OUR_HEADERS = ("Line in the file", "Why it was refused")


class Role(StrEnum):
    """What a column holds; a column of one analyte's values has the role ``values_of:<analyte>``."""

    PATIENT = "patient"
    ANALYTE = "analyte"
    VALUE = "value"
    COMPARATOR = "comparator"
    UNIT = "unit"
    SPECIMEN = "specimen"
    LABORATORY = "laboratory"
    METHOD = "method"
    LOWER_LIMIT = "lower_limit"
    UPPER_LIMIT = "upper_limit"
    DATE = "date"
    TIME = "time"
    SOURCE_ID = "source_id"
    STATE = "state"


ROLE_NAMES = MappingProxyType(
    {
        Role.PATIENT: "Record number of the patient",
        Role.ANALYTE: "What was measured",
        Role.VALUE: "Value",
        Role.COMPARATOR: "Sign before the value (<, >)",
        Role.UNIT: "Unit",
        Role.SPECIMEN: "Specimen",
        Role.LABORATORY: "Laboratory",
        Role.METHOD: "Method",
        Role.LOWER_LIMIT: "Lower limit",
        Role.UPPER_LIMIT: "Upper limit",
        Role.DATE: "Day of collection (may hold the time)",
        Role.TIME: "Time of collection",
        Role.SOURCE_ID: "The laboratory's number of the result",
        Role.STATE: "State (final, preliminary, corrected)",
    }
)
# Headers that laboratories use, in small letters without signs; only what has one meaning.
USUAL_HEADERS = MappingProxyType(
    {
        Role.PATIENT: (
            "patient",
            "patient id",
            "patient number",
            "patient no",
            "record number",
            "mrn",
            "record no",
        ),
        Role.ANALYTE: ("analyte", "test", "test name", "parameter", "measurement", "what", "observation"),
        Role.VALUE: ("value", "result", "result value", "test result"),
        Role.COMPARATOR: ("comparator", "sign", "operator"),
        Role.UNIT: ("unit", "units", "uom", "result unit"),
        Role.SPECIMEN: ("specimen", "specimen type", "material", "sample type"),
        Role.LABORATORY: ("laboratory", "lab", "testing lab name", "lab name"),
        Role.METHOD: ("method", "assay", "kit"),
        Role.LOWER_LIMIT: ("lower limit", "low", "ref low", "reference low"),
        Role.UPPER_LIMIT: ("upper limit", "high", "ref high", "reference high"),
        Role.DATE: (
            *("date", "collected", "collected on", "collection date", "collected at"),
            *(
                "sample date",
                "date of collection",
                "specimen collection date",
                "specimen collection date time",
            ),
        ),
        Role.TIME: ("time", "collection time", "time of collection"),
        Role.SOURCE_ID: ("result id", "source id", "accession number", "order number", "sample id"),
        Role.STATE: ("state", "status", "result status", "test result status"),
    }
)


@dataclass(frozen=True)
class Column:
    """The meaning of one column; ``unit`` (UCUM) and ``specimen`` hold for its values, "" if the rows say."""

    header: str
    role: str = LEAVE_OUT
    unit: str = ""
    specimen: str = ""

    @property
    def analyte(self) -> str:
        return self.role.removeprefix(VALUES_OF) if self.role.startswith(VALUES_OF) else ""

    @property
    def holds_values(self) -> bool:
        return self.role == Role.VALUE or bool(self.analyte)


@dataclass(frozen=True)
class ColumnMap:
    """All that a person decided about a file. ``names`` turns the file's names into analytes ("": left out).

    ``mark`` and ``day_order`` are "" where the file itself tells.
    """

    columns: tuple[Column, ...]
    laboratory: str = ""
    method: str = ""
    mark: Mark = ""
    day_order: DayOrder = ""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def place(self, role: Role) -> int | None:
        """The place of the column with this role, from 0; None if there is none."""
        return next((place for place, column in enumerate(self.columns) if column.role == role), None)

    @property
    def value_places(self) -> list[int]:
        return [place for place, column in enumerate(self.columns) if column.holds_values]

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    def as_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "columns": [asdict(column) for column in self.columns],
            "names": dict(self.names),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ColumnMap":
        columns = tuple(Column(**column) for column in stored["columns"])
        return cls(**{**stored, "columns": columns})


def proposal(table: Table, edition: Edition) -> ColumnMap:
    """What the headers say by themselves; each meaning is given at most once, and no unit is invented."""
    taken: set[str] = set()
    columns = []
    for header in table.headers:
        role, unit = _meaning(header, edition)
        if role in taken:
            role, unit = LEAVE_OUT, ""
        taken.add(role)
        columns.append(Column(header, role, unit))
    if Role.UNIT in taken:
        columns = [Column(column.header, column.role) for column in columns]
    return ColumnMap(tuple(columns))


def remembered(table: Table, stored: ColumnMap, edition: Edition) -> ColumnMap | None:
    """The map of an earlier file of the source if it knows every header of this one; None otherwise.

    What a file says itself, its decimal sign and order of days, is never taken over.
    """
    known = {header.casefold(): Column(header) for header in OUR_HEADERS}
    known |= {column.header.casefold(): column for column in stored.columns}
    if not all(header.casefold() in known for header in table.headers):
        return None
    columns = tuple(_still_known(known[header.casefold()], header, edition) for header in table.headers)
    names = {
        name: analyte for name, analyte in stored.names.items() if not analyte or analyte in edition.analytes
    }
    return ColumnMap(columns, stored.laboratory, stored.method, names=names)


def unknown_names(table: Table, chosen: ColumnMap, edition: Edition) -> list[str]:
    """Names in the column *what was measured* that neither the catalogue nor the source knows, in order."""
    place = chosen.place(Role.ANALYTE)
    if place is None:
        return []
    known = named_analytes(chosen, edition)
    found: dict[str, str] = {}
    for row in table.rows:
        name = _at(row.cells, place)
        found.setdefault(name_key(name), name)
    return [name for key, name in found.items() if key and key not in known]


def named_analytes(chosen: ColumnMap, edition: Edition) -> dict[str, str]:
    """Names in small letters and the analyte each stands for: the catalogue's own, then the source's."""
    own = {name_key(entry.label): key for key, entry in edition.analytes.items()}
    own |= {name_key(key): key for key in edition.analytes}
    return own | {name_key(name): analyte for name, analyte in chosen.names.items()}


def name_key(name: str) -> str:
    return " ".join(name.split()).casefold()


def unit_in(header: str) -> str:
    """The unit (UCUM) that a header names in brackets, ``VEGF (pg/mL)``, or ""."""
    found = re.search(r"[(\[]([^()\[\]]+)[)\]]\s*$", header)
    return _code(found[1]) if found else ""


def _code(text: str) -> str:
    """The one code that is spelled so; "" for none and for several."""
    codes = CODES.get(" ".join(text.replace(GREEK_MU, MICRO).split()), ())
    return codes[0] if len(codes) == 1 else ""


def _at(cells: Sequence[Any], place: int) -> str:
    return shown(cells[place]) if place < len(cells) else ""


def _meaning(header: str, edition: Edition) -> tuple[str, str]:
    unit = unit_in(header)
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]\s*$", "", header) if unit else header
    key = " ".join(re.sub(r"[_\W]+", " ", bare.casefold()).split())
    for role, headers in USUAL_HEADERS.items():
        if key in headers:
            return role, unit if role == Role.VALUE else ""
    for name, entry in edition.analytes.items():
        if key in {name.replace("_", " "), " ".join(re.sub(r"\W+", " ", entry.label.casefold()).split())}:
            return VALUES_OF + name, unit if unit in units_of(entry) else ""
    return LEAVE_OUT, ""


def _still_known(column: Column, header: str, edition: Edition) -> Column:
    if column.analyte and column.analyte not in edition.analytes:
        return Column(header)
    return Column(header, column.role, column.unit, column.specimen)
