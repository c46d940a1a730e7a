"""The tables that have a history: found, not listed, so that a new table appears here by itself."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import models

from patients.models import Patient, PatientRow

# What a person never changes by hand: keys, who and when, and the marks that catch double clicks.
MACHINERY = frozenset(
    {
        "id",
        "patient",
        "hospital",
        "recorded_at",
        "recorded_by",
        "registered_at",
        "registered_by",
        "submission",
        "position",
        "version",
    }
)


@dataclass(frozen=True)
class HistoryTable:
    """A table of the record beside the table of its history."""

    key: str
    model: type[models.Model]
    events: type[models.Model]

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def fields(self) -> "list[models.Field[Any, Any]]":
        """What the history keeps and a person can read, in the model's order."""
        kept = {field.name for field in self.events._meta.get_fields()}
        return [
            field
            for field in self.model._meta.concrete_fields
            if field.name in kept and field.name not in MACHINERY
        ]

    @property
    def restorable(self) -> bool:
        """Only rows that count their versions can be changed by hand, so only they can be changed back."""
        return any(field.name == "version" for field in self.model._meta.concrete_fields)

    def events_of(self, patient: Patient) -> models.QuerySet[Any]:
        """Changes of this table while the rows were the patient's."""
        owner = "pgh_obj_id" if self.model is Patient else "patient_id"
        return self.events._default_manager.filter(**{owner: patient.pk})


@cache
def history_tables() -> dict[str, HistoryTable]:
    """Every table about patients whose changes are kept, by the word its addresses use."""
    found = {}
    for events in apps.get_models():
        model = getattr(events, "pgh_tracked_model", None)
        if not issubclass(events, pghistory.models.Event) or model is None:
            continue
        if issubclass(model, Patient | PatientRow):
            key = str(model._meta.model_name)
            found[key] = HistoryTable(key, model, events)
    return dict(sorted(found.items(), key=lambda item: item[1].noun))
