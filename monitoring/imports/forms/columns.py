"""What each column of a file means. Units are chosen or stand in the file; none is assumed."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms

from guideline.edition import Edition
from guideline.entries import Analyte
from monitoring.imports.days import ORDER_NAMES, SettledOrder
from monitoring.imports.files.table import Table, shown
from monitoring.imports.mapping import LEAVE_OUT, ROLE_NAMES, VALUES_OF, Column, ColumnMap, Role
from monitoring.imports.marks import MARK_NAMES, Settled
from monitoring.results.forms.reading import WordField
from monitoring.results.models import Specimen
from monitoring.results.units import UnitError, fitting_unit, unit_shown, units_of

EXAMPLES = 3
LONGEST_EXAMPLE = 40


@dataclass(frozen=True)
class ColumnFields:
    """One line of the page: a column, what stands in it, and the fields that say what it means."""

    header: str
    examples: tuple[str, ...]
    role: forms.BoundField
    unit: forms.BoundField
    specimen: forms.BoundField
    holds_values: bool


class ColumnsForm(forms.Form):
    """One choice for each column of ``table``, and what holds for the whole file."""

    mark = forms.ChoiceField(label="Decimal sign", required=False)
    day_order = forms.ChoiceField(label="Order of days", required=False)
    laboratory = WordField(label="Laboratory", offer="laboratories")
    method = WordField(label="Method", offer="methods")

    def __init__(
        self,
        *args: Any,
        table: Table,
        proposed: ColumnMap,
        edition: Edition,
        of_one_patient: bool,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            name: getattr(proposed, name) for name in ("mark", "day_order", "laboratory", "method")
        }
        super().__init__(*args, **kwargs)
        self._table = table
        self._edition = edition
        self._names = proposed.names
        self._of_one_patient = of_one_patient
        roles = _role_choices(edition)
        for place, column in enumerate(proposed.columns):
            self._add_column(place, column, roles)

    def show_settled(self, mark: Settled, order: SettledOrder) -> None:
        """Offer the choices with what the file itself tells as the first."""
        self.fields["mark"].widget.choices = self.fields["mark"].choices = [  # type: ignore[attr-defined]
            ("", _told(MARK_NAMES.get(mark.mark, ""), mark.witness, mark.contradiction)),
            *((sign, f"{name.capitalize()} ({sign})") for sign, name in MARK_NAMES.items()),
        ]
        self.fields["day_order"].widget.choices = self.fields["day_order"].choices = [  # type: ignore[attr-defined]
            ("", _told(ORDER_NAMES.get(order.order, ""), order.witness, order.contradiction)),
            *((key, name.capitalize()) for key, name in ORDER_NAMES.items()),
        ]

    @property
    def column_fields(self) -> list[ColumnFields]:
        return [
            ColumnFields(
                header,
                _examples(self._table, place),
                self[f"role_{place}"],
                self[f"unit_{place}"],
                self[f"specimen_{place}"],
                Column(header, str(self[f"role_{place}"].value() or "")).holds_values,
            )
            for place, header in enumerate(self._table.headers)
        ]

    @property
    def chosen(self) -> ColumnMap:
        """What a valid form says."""
        data = self.cleaned_data
        return ColumnMap(
            tuple(self._column(place) for place in range(len(self._table.headers))),
            data["laboratory"],
            data["method"],
            data["mark"],
            data["day_order"],
            self._names,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        columns = [self._column(place) for place in range(len(self._table.headers))]
        self._check_roles(columns)
        for place, column in enumerate(columns):
            if column.holds_values:
                self._check_values(place, column, {other.role for other in columns})
        return cleaned

    def _add_column(self, place: int, column: Column, roles: list[Any]) -> None:
        plain = {"autocomplete": "off", "list": "units", "spellcheck": "false"}
        header = column.header
        self.fields[f"role_{place}"] = forms.ChoiceField(
            label=f"Meaning of {header}", choices=roles, required=False, initial=column.role
        )
        self.fields[f"unit_{place}"] = forms.CharField(
            label=f"Unit of {header}", max_length=40, required=False, initial=unit_shown(column.unit),
            widget=forms.TextInput(attrs=plain | {"placeholder": "Unit"}),
        )  # fmt: skip
        self.fields[f"specimen_{place}"] = forms.ChoiceField(
            label=f"Specimen of {header}", choices=[("", "Specimen…"), *Specimen.choices], required=False,
            initial=column.specimen,
        )  # fmt: skip

    def _column(self, place: int) -> Column:
        data = self.cleaned_data
        column = Column(self._table.headers[place], data.get(f"role_{place}", ""))
        if not column.holds_values:
            return column
        unit, specimen = data.get(f"unit_{place}", ""), data.get(f"specimen_{place}", "")
        return Column(column.header, column.role, self._unit_code(column, unit), specimen)

    def _unit_code(self, column: Column, typed: str) -> str:
        """The UCUM code of what was typed, or what was typed, for the check to refuse."""
        analytes = (
            [self._edition.analytes[column.analyte]] if column.analyte else self._edition.analytes.values()
        )
        for analyte in analytes:
            try:
                if typed and units_of(analyte):
                    return fitting_unit(analyte, typed)
            except UnitError:
                continue
        return typed

    def _check_roles(self, columns: list[Column]) -> None:
        counted = Counter(column.role for column in columns if column.role and not column.analyte)
        for place, column in enumerate(columns):
            if counted[column.role] > 1:
                name = ROLE_NAMES[Role(column.role)]
                self.add_error(
                    f"role_{place}", f"“{name}” is chosen for {counted[column.role]} columns; choose one."
                )
        missing = []
        if Role.DATE not in counted:
            missing.append("the day of collection")
        if Role.PATIENT not in counted and not self._of_one_patient:
            missing.append("the record number of the patient")
        if not any(column.holds_values for column in columns):
            missing.append("values")
        if missing:
            self.add_error(None, f"Say which column holds {' and '.join(missing)}.")
        if (Role.VALUE in counted) != (Role.ANALYTE in counted) and not missing:
            self.add_error(
                None,
                "A column “Value” needs a column “What was measured” and the other way round; a column with "
                "the values of one analyte has its own meaning, further down in the list.",
            )

    def _check_values(self, place: int, column: Column, roles: set[str]) -> None:
        analyte = self._edition.analytes[column.analyte] if column.analyte else None
        self._check_unit(place, column, analyte, in_rows=Role.UNIT in roles)
        if column.specimen and Role.SPECIMEN in roles and not analyte:
            self.add_error(f"specimen_{place}", "The specimen has a column of its own; leave this open.")
        elif not column.specimen and Role.SPECIMEN not in roles and (analyte is None or analyte.specimens):
            self.add_error(
                f"specimen_{place}",
                "Choose the specimen, or the column that holds it; “Not known” is an answer.",
            )
        elif analyte and column.specimen and column.specimen not in (*analyte.specimens, Specimen.UNKNOWN):
            self.add_error(f"specimen_{place}", f"{analyte.label} is not measured in this.")

    def _check_unit(self, place: int, column: Column, analyte: Analyte | None, *, in_rows: bool) -> None:
        field = f"unit_{place}"
        if in_rows and column.unit:
            self.add_error(field, "The unit has a column of its own; leave this empty.")
        elif not in_rows and analyte is None and not column.unit:
            self.add_error(
                field, "Give the unit of all these values, or the column that holds it; none is assumed."
            )
        elif (
            analyte is None
            and column.unit
            and not any(column.unit in units_of(one) for one in self._edition.analytes.values())
        ):
            self.add_error(field, f"“{column.unit}” is no unit that is known here.")
        elif analyte is not None and not in_rows:
            try:
                fitting_unit(analyte, column.unit)
            except UnitError as error:
                self.add_error(field, str(error))


class NamesForm(forms.Form):
    """Names of the file that nobody knows yet: each is an analyte, or its rows are left out."""

    def __init__(self, *args: Any, names: list[str], edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", "Choose…"), ("-", "Leave these rows out"),
            *((key, entry.label) for key, entry in edition.analytes.items()),
        ]  # fmt: skip
        self._names = names
        for place, name in enumerate(names):
            self.fields[f"name_{place}"] = forms.ChoiceField(
                label=name, choices=choices, error_messages={"required": f"Say what “{name[:40]}” is."}
            )

    @property
    def names(self) -> dict[str, str]:
        return {
            name: "" if self.cleaned_data[f"name_{place}"] == "-" else self.cleaned_data[f"name_{place}"]
            for place, name in enumerate(self._names)
        }


def _role_choices(edition: Edition) -> list[Any]:
    return [
        (LEAVE_OUT, "Leave out"),
        ("Of each row", [(role.value, name) for role, name in ROLE_NAMES.items()]),
        (
            "Values of one analyte",
            [(VALUES_OF + key, f"Values of {entry.label}") for key, entry in edition.analytes.items()],
        ),
    ]


def _told(name: str, witness: str, contradiction: str) -> str:
    if contradiction:
        return f"Not told: {witness[:20]} and {contradiction[:20]} disagree"
    return (
        f"As the file tells: {name} ({witness[:20]})"
        if witness
        else "Leave open: what reads two ways is refused"
    )


def _examples(table: Table, place: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in table.rows:
        text = shown(row.cells[place]) if place < len(row.cells) else ""
        if text:
            found[text[:LONGEST_EXAMPLE]] = None
            if len(found) == EXAMPLES:
                break
    return tuple(found)
