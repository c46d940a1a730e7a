"""Reads over the history of one patient's record."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, Value
from django.utils.dateparse import parse_datetime

from accounts.models import User
from patients.models import Patient
from patients.queries import records_of
from poems_site.pages.history.tables import HistoryTable, history_tables
from poems_site.pages.history.words import row_shown, value_shown

PAGE_SIZE = 50
FIRST = "insert"
ELSEWHERE = "a record of another hospital"
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class FieldChange:
    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One saved change of one row: when, who, which row, and each field with its old and new value."""

    table: HistoryTable
    event_id: int
    row_id: str
    at: datetime
    by: str
    what: str
    first: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Place:
    """Where a page of the list begins: after this change, counting backwards in time."""

    at: datetime
    key: str
    event_id: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place an address names; None for text that names none."""
        moment, _, rest = text.partition("~")
        key, _, number = rest.partition("~")
        try:
            at = parse_datetime(moment)
        except ValueError:
            return None
        if (
            at is None
            or at.tzinfo is None
            or not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER)
        ):
            return None
        return cls(at, key, int(number))

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.key}~{self.event_id}"


@dataclass(frozen=True)
class ChangePage:
    """Changes newest first; ``older`` is where the next page begins, None at the end."""

    changes: list[Change]
    older: Place | None


def page_of_changes(patient: Patient, *, key: str = "", after: Place | None = None) -> ChangePage:
    """One page of what was changed in the record, of one table or of all."""
    tables = history_tables()
    chosen = [tables[key]] if key in tables else list(tables.values())
    records = records_of(patient)
    queries = [_places(table, records, after) for table in chosen]
    # Each part brings no more than one page, so that a long history is never sorted whole.
    several = [query.order_by("-pgh_created_at", "-pgh_id")[: PAGE_SIZE + 1] for query in queries]
    union = several[0].union(*several[1:], all=True) if several[1:] else queries[0]
    places = [
        Place(at, table, number)
        for at, table, number in union.order_by("-pgh_created_at", "table", "-pgh_id")[: PAGE_SIZE + 1]
    ]
    changes = _changes(places[:PAGE_SIZE])
    return ChangePage(changes, places[PAGE_SIZE - 1] if len(places) > PAGE_SIZE else None)


def changes_of_row(table: HistoryTable, row_id: Any) -> list[Change]:
    """Every change of one row, newest first."""
    events = list(table.events._default_manager.filter(pgh_obj_id=row_id).order_by("pgh_id"))
    people = _people(table, events)
    pairs = zip([None, *events], events, strict=False)
    return [_change(table, before, event, people) for before, event in pairs][::-1]


def differences(
    table: HistoryTable, before: Any, after: Any, people: dict[str, str]
) -> tuple[FieldChange, ...]:
    """What differs between two states of a row (an event or the row itself; None: it was not there)."""
    changes = list(_moved(before, after, people))
    for field in table.fields:
        old = table.value_of(field, before) if before is not None else None
        new = table.value_of(field, after)
        if old != new and not (old is None and new == ""):
            shown = (value_shown(field, old, people), value_shown(field, new, people))
            changes.append(FieldChange(field.name, str(field.verbose_name), *shown))
    return tuple(changes)


def _moved(before: Any, after: Any, people: dict[str, str]) -> Iterator[FieldChange]:
    """That the row came from another patient's record, where it did."""
    old, new = (str(getattr(state, "patient_id", "")) for state in (before, after))
    if before is not None and old != new:
        yield FieldChange("patient", "record", people.get(old, ELSEWHERE), people.get(new, ELSEWHERE))


def people_in(table: HistoryTable, states: Iterable[Any]) -> dict[str, str]:
    """Names by id of everybody whom these states of rows refer to: who works here, and patients."""
    states = list(states)
    workers = [field.attname for field in table.fields if getattr(field, "related_model", None) is User]
    others = [field.attname for field in table.fields if getattr(field, "related_model", None) is Patient]
    owners = {getattr(state, "patient_id", None) for state in states}
    patients = {getattr(state, name) for state in states for name in others}
    if len(owners) > 1:  # the row has been in more than one record
        patients |= owners
    ids = {str(getattr(state, name)) for state in states for name in workers} - {"None"}
    return _names(ids) | _patients(patients - {None})


def _patients(ids: set[Any]) -> dict[str, str]:
    """Patients of this hospital by number and name; row-level security hides the others."""
    if not ids:
        return {}
    found = Patient.objects.filter(pk__in=ids)
    return {str(patient.pk): f"{patient.record_number}, {patient.full_name}" for patient in found}


def _places(table: HistoryTable, records: Collection[UUID], after: Place | None) -> Any:
    events = table.events_of(records).annotate(table=Value(table.key, output_field=CharField()))
    if after is not None:
        events = events.filter(_before(table.key, after))
    return events.values_list("pgh_created_at", "table", "pgh_id")


def _before(key: str, place: Place) -> Q:
    """Changes of this table that come later in the list than ``place``."""
    earlier = Q(pgh_created_at__lt=place.at)
    same_time = Q(pgh_created_at=place.at)
    if key > place.key:
        return earlier | same_time
    return earlier | same_time & Q(pgh_id__lt=place.event_id) if key == place.key else earlier


def _changes(places: Sequence[Place]) -> list[Change]:
    """The changes at these places, in their order; two queries a table that occurs."""
    found: dict[tuple[str, int], Change] = {}
    wanted = defaultdict(list)
    for place in places:
        wanted[place.key].append(place.event_id)
    for key, numbers in wanted.items():
        table = history_tables()[key]
        rows = table.events._default_manager
        touched = rows.filter(pgh_id__in=numbers).values("pgh_obj_id")
        events: list[Any] = list(rows.filter(pgh_obj_id__in=touched).order_by("pgh_obj_id", "pgh_id"))
        people = _people(table, events)
        for _, states in itertools.groupby(events, key=lambda event: event.pgh_obj_id):
            kept = list(states)
            for before, event in zip([None, *kept], kept, strict=False):
                found[key, event.pgh_id] = _change(table, before, event, people)
    return [found[place.key, place.event_id] for place in places]


def _change(table: HistoryTable, before: Any, event: Any, people: dict[str, str]) -> Change:
    return Change(
        table=table,
        event_id=event.pgh_id,
        row_id=str(event.pgh_obj_id),
        at=event.pgh_created_at,
        by=people.get(_actor(event), "the system"),
        what=row_shown(table, event, people),
        first=event.pgh_label == FIRST,
        fields=differences(table, before, event, people),
    )


def _people(table: HistoryTable, events: Iterable[Any]) -> dict[str, str]:
    events = list(events)
    return people_in(table, events) | _names({_actor(event) for event in events})


def _actor(event: Any) -> str:
    return str((event.pgh_context or {}).get("actor", ""))


def _names(ids: set[str]) -> dict[str, str]:
    people = User.objects.filter(pk__in=[key for key in ids if _is_a_person(key)])
    return {str(user.pk): user.full_name for user in people}


def _is_a_person(actor: str) -> bool:
    """Whether the actor is a person's id; a job or command goes by its name."""
    try:
        UUID(actor)
    except ValueError:
        return False
    return True
