"""Values and rows of any table in words a person reads."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import singledispatch
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import template_localtime  # type: ignore[attr-defined] # the stubs lack it

from guideline.edition import load_edition
from monitoring.results.models import Result
from monitoring.results.models.moves import Direction, Move, MovedKind
from monitoring.results.nerve_presenters import answer_in_words
from patients.models import Patient
from poems_site.pages.history.tables import HistoryTable

EMPTY = ""
LONGEST = 200
# What names a row, in the order of preference; then the day it is about.
NAMING = ("analyte", "title", "kind", "name", "site", "user", "value")
DAYS = ("collected_on", "assessed_on", "happened_on", "started_on", "scanned_on", "examined_on", "due")
YES, NO = "yes", "no"


def value_shown(field: "models.Field[Any, Any]", value: Any, people: dict[str, str]) -> str:
    """A stored value as its page shows it; "" for what was left empty."""
    if value is None or value == "":
        return EMPTY
    if isinstance(field, models.ForeignKey):
        elsewhere = "a patient of another hospital"
        name = (
            elsewhere
            if field.related_model is Patient
            else f"{field.related_model._meta.verbose_name} {value}"
        )
        return people.get(str(value), name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.name == "analyte":
        return analyte_shown(str(value))
    if field.name == "answers" and isinstance(value, dict):
        return "; ".join(answer_in_words(key, answer, load_edition()) for key, answer in value.items())
    return _plain(value)


def row_shown(table: HistoryTable, event: Any, people: dict[str, str]) -> str:
    """``Treatment given: Radiation, 12 January 2026``: what the row is, its name and its day."""
    if table.model is Move:
        return _move_shown(event)
    fields: dict[str, Any] = {field.name: field for field in table.fields}
    name = next((name for name in NAMING if name in fields and getattr(event, name, None)), None)
    day = next((name for name in DAYS if name in fields and getattr(event, name, None)), None)
    words = [
        value_shown(fields[part], table.value_of(fields[part], event), people)
        for part in (name, day)
        if part is not None
    ]
    noun = table.noun[0].upper() + table.noun[1:]
    return f"{noun}: {', '.join(words)}" if words else noun


def _move_shown(event: Any) -> str:
    """``VEGF, 5 January 2026: moved to another patient``."""
    what = str(MovedKind(event.kind).label)
    if event.kind == MovedKind.RESULT:
        row = Result.objects.filter(pk=event.row_id).values_list("analyte", "collected_on").first()
        what = f"{analyte_shown(row[0])}, {_plain(row[1])}" if row else what
    direction = str(Direction(event.direction).label)
    return f"{what}: {direction[0].lower()}{direction[1:]}"


def analyte_shown(key: str) -> str:
    edition = load_edition()
    entry = edition.analytes.get(key) or edition.instruments.get(key)
    return entry.label if entry else key


@singledispatch
def _plain(value: Any) -> str:
    """Text of a stored value by its type; what is very long is cut."""
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


@_plain.register
def _(value: bool) -> str:
    return YES if value else NO


@_plain.register
def _(value: datetime) -> str:
    return date_format(template_localtime(value), "j F Y, H:i")


@_plain.register
def _(value: date) -> str:
    return date_format(value, "j F Y")


@_plain.register
def _(value: time) -> str:
    return f"{value:%H:%M}"


@_plain.register
def _(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@_plain.register
def _(value: list) -> str:
    return ", ".join(_plain(item) for item in value)


@_plain.register
def _(value: dict) -> str:
    return ", ".join(f"{key.replace('_', ' ')} {_plain(item)}" for key, item in value.items())
