"""The tables of one patient's record, found and not listed: a new one is exported without a word said."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from accounts.models import User
from patients.models import Patient

# Files on their way into the record; what they brought is in the tables of the record.
NO_PART_OF_THE_RECORD = frozenset({"imports.Batch"})
HISTORY = "_history"


@dataclass(frozen=True)
class RecordTable:
    """A table with rows about patients; ``path`` is its column that names the patient."""

    name: str
    model: type[models.Model]
    path: str

    @property
    def columns(self) -> list[str]:
        """All columns but those that the database computes from others."""
        return [
            field.attname
            for field in self.model._meta.concrete_fields
            if not isinstance(field, models.GeneratedField | models.BinaryField)
        ]

    @property
    def people_columns(self) -> list[str]:
        """The columns that name a person of the hospital."""
        fields = self.model._meta.concrete_fields
        return [field.attname for field in fields if field.related_model is User]

    def rows_of(self, records: Collection[UUID]) -> Iterator[tuple[Any, ...]]:
        rows = self.model._default_manager.filter(**{f"{self.path}__in": list(records)}).order_by("pk")
        return rows.values_list(*self.columns).iterator()


@cache
def record_tables() -> tuple[RecordTable, ...]:
    """Every table with rows about one patient and every history of such a table, by name."""
    found = [
        RecordTable(_name(model), model, path)
        for model in apps.get_models()
        if model._meta.label not in NO_PART_OF_THE_RECORD and (path := _path(model))
    ]
    return tuple(sorted(found, key=lambda table: table.name))


def _path(model: type[models.Model]) -> str:
    """The column that leads to the patient: its own key, the patient, or the row a history is about."""
    if model is Patient:
        return "pk"
    names = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Patient
    }
    return next((name for name in ("patient", "pgh_obj") if name in names), "")


def _name(model: type[models.Model]) -> str:
    """``result`` or ``result_history``."""
    tracked = getattr(model, "pgh_tracked_model", None)
    return f"{tracked._meta.model_name}{HISTORY}" if tracked else str(model._meta.model_name)
