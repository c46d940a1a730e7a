"""What somebody else changed in a row while its form was open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format, localize

from accounts.models import User
from patients.models import CorrectableRow, CriterionEvidence, Lesion

NOT_SHOWN = {"id", "version", "submission", "hospital", "patient", "recorded_by", "recorded_at"}
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class FieldChanged:
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Meanwhile:
    """Who saved last and when, each field with its old and new value, and what else is different."""

    by: str
    at: datetime
    fields: list[FieldChanged]
    beside: list[str]


def changed_since(row: CorrectableRow, version: int) -> Meanwhile:
    """What is different in ``row`` now from what stood when it had ``version``."""
    events = list(row.history.order_by("pgh_id"))  # type: ignore[attr-defined] # made by pghistory
    seen = next((event for event in events if event.version >= version), events[0])
    actor = (events[-1].pgh_context or {}).get("actor", "")
    person = User.objects.filter(pk=actor).first() if actor else None
    return Meanwhile(
        by=person.full_name if person else "Somebody",
        at=events[-1].pgh_created_at,
        fields=list(_differences(seen, row)),
        beside=_beside(row, {event.pgh_context_id for event in events if event.version > seen.version}),
    )


def _differences(seen: Any, row: CorrectableRow) -> Iterator[FieldChanged]:
    for field in row._meta.concrete_fields:  # Django's documented model API
        if field.name in NOT_SHOWN:
            continue
        old, new = getattr(seen, field.attname), getattr(row, field.attname)
        if old != new:
            name = str(field.verbose_name)
            yield FieldChanged(name[:1].upper() + name[1:], _shown(field, old), _shown(field, new))


def _beside(row: CorrectableRow, contexts: set[Any]) -> list[str]:
    """Which lists under the row were changed in these contexts, which are requests."""
    lists: tuple[tuple[Any, str], ...] = (
        (CriterionEvidence, "The evidence of the criteria"),
        (Lesion, "The list of lesions"),
    )
    return [
        f"{what} was changed as well."
        for kind, what in lists
        if kind.assessment.field.related_model is type(row)
        and kind.pgh_event_model.objects.filter(assessment_id=row.pk, pgh_context_id__in=contexts).exists()
    ]


def _shown(field: Any, value: Any) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, models.DateField) and not isinstance(value, str):
        return date_format(value, "j M Y, H:i" if isinstance(value, datetime) else "j M Y")
    if isinstance(value, list):
        words = dict(field.base_field.flatchoices)
        return ", ".join(str(words.get(word, word)) for word in value) or "none"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) or "empty"
    return str(localize(value)) or "empty"
