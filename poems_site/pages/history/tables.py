"""The tables that have a history: found, not listed, so that a new table appears here by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import pghistory.models
from django.apps import apps
from django.db import models

from patients.models import ExtentAssessment, Patient, PatientRow
from patients.models.care import CareColumns
from patients.partial_dates import PartialDate

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

PRECISION = "_precision"
# What a workflow changes together with other tables (poems_site/workflows); alone it is never taken back.
OF_WORKFLOWS = frozenset(field.name for field in CareColumns._meta.local_fields)
CORRECTED_IN_PLACE = frozenset({"patients", "results"})
# Rows whose other tables would have to follow; their own form corrects both.
WITH_PARTS = frozenset({ExtentAssessment})
# Names that Django derives from a class and nobody would write so.
SPELLED = {
    "follow up": "follow-up",
    "pet scan": "PET scan",
    "match": "result of a follow-up",
    "answer": "answer in a draft",
    "document": "document of a plan",
}


@dataclass(frozen=True)
class HistoryTable:
    """A table of the record beside the table of its history."""

    key: str
    model: type[models.Model]
    events: type[models.Model]

    @property
    def noun(self) -> str:
        name = str(self.model._meta.verbose_name)
        return SPELLED.get(name, name)

    @property
    def columns(self) -> "list[models.Field[Any, Any]]":
        """What the history keeps and a person can change, in the model's order."""
        kept = {field.name for field in self.events._meta.get_fields()}
        return [
            field
            for field in self.model._meta.concrete_fields
            if field.name in kept and field.name not in MACHINERY
        ]

    @property
    def fields(self) -> "list[models.Field[Any, Any]]":
        """What is read one by one: the columns, a date and how much of it is known being one."""
        names = {field.name for field in self.columns}
        precisions = {_precision_of(name) for name in names if not name.endswith(PRECISION)}
        return [field for field in self.columns if field.name not in precisions]

    def value_of(self, field: "models.Field[Any, Any]", state: Any) -> Any:
        """The field's value in a row or event; a date with its precision is one value."""
        value = getattr(state, field.attname)
        precision: Any = getattr(state, _precision_of(field.name), None)
        known_in_part = (
            precision is not None
            and isinstance(value, date)
            and not isinstance(value, datetime)
            and not field.name.endswith(PRECISION)
        )
        return PartialDate(value, precision) if known_in_part else value

    def restorable(self, row: Any) -> bool:
        """Whether an earlier state of the row may be written again from here.

        Only parts that people correct in place, which therefore count their versions: a signed plan, a
        follow-up and a wizard's answer have ways of their own. The values of a neurologic assessment stand
        and fall with it.
        """
        in_place = self.model._meta.app_label in CORRECTED_IN_PLACE and self.model not in WITH_PARTS
        counts = any(field.name == "version" for field in self.model._meta.concrete_fields)
        return in_place and counts and getattr(row, "assessment_id", None) is None

    @property
    def restored(self) -> "list[models.Field[Any, Any]]":
        """The columns that an earlier state is written to again."""
        return [field for field in self.columns if field.name not in OF_WORKFLOWS]

    def events_of(self, records: Collection[UUID]) -> models.QuerySet[Any]:
        """Changes of this table while the rows were in one of the patient's records (``records_of``)."""
        owner = "pgh_obj_id__in" if self.model is Patient else "patient_id__in"
        return self.events._default_manager.filter(**{owner: records})


def _precision_of(name: str) -> str:
    """``birth_precision`` for ``birth_date``: where a model keeps how much of a date is known."""
    return name.rpartition("_")[0] + PRECISION


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
