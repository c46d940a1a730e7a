"""What was changed in a row while somebody else had it open."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.formats import localize

from accounts.models import User
from patients.models import CorrectableRow
from patients.queries.history import Change, FieldChange

MACHINERY = {
    "id",
    "patient",
    "hospital",
    "recorded_at",
    "recorded_by",
    "submission",
    "version",
    "entered_in_error_by",
}
YES_NO = {True: "yes", False: "no"}


def changed_since(row: CorrectableRow, version: int) -> Change:
    """Who saved ``row`` last, when, and each field that differs from how it stood at ``version``."""
    events = list(row.history.filter(version__gte=version).order_by("pgh_id"))  # type: ignore[attr-defined] # by pghistory
    last = events[-1]
    actor: Any = (last.pgh_context or {}).get("actor") or None
    by = User.objects.filter(pk=actor).first()
    return Change(
        at=last.pgh_created_at,
        by=by.full_name if by else "the system",
        label="Changed",
        fields=tuple(_differences(events[0], last, type(row))),
    )


def _differences(before: Any, after: Any, model: type[models.Model]) -> Iterable[FieldChange]:
    for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's documented model API
        if field.name in MACHINERY or not hasattr(after, field.attname):
            continue
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            yield FieldChange(str(field.verbose_name), _shown(field, old), _shown(field, new))


def _shown(field: "models.Field[Any, Any]", value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        choices = dict(getattr(field, "base_field", field).flatchoices)
        return ", ".join(str(choices.get(word, word)) for word in value) or "none"
    if isinstance(value, bool):
        return YES_NO[value]
    words: dict[Any, Any] = dict(field.flatchoices)
    return str(words.get(value) or localize(value))
