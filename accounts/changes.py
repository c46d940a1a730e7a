"""What was changed in a hospital's settings and about its people: old value, new value, who, when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from accounts.actions.hospitals import HOUSE_SETTINGS, REMINDER_SETTINGS
from accounts.hospital_form import in_words, label_of
from accounts.models import Hospital, User
from accounts.roles import Role

MOST = 200
LABELS = {
    "name": "Name",
    "lead_clinician_id": "Lead clinician",
    "digest_hour": "Hour of the digest",
    "digest_on_weekends": "Digest on weekends",
    "remind_soon_days": "Soon: days before an item is due",
    "remind_overdue_days": "Overdue: days after the latest day",
    "remind_deputy_days": "Deputy is told after days",
    "remind_lead_days": "Lead clinician is told after days",
    "alert_deputy_days": "Critical alert: deputy is told after days",
    "alert_lead_days": "Critical alert: lead clinician is told after days",
}


@dataclass(frozen=True)
class Change:
    """One value that became another. ``by`` is "" for what no signed-in person did."""

    at: datetime
    by: str
    of: str
    what: str
    old: str
    new: str


def changes_in(hospital: Hospital) -> list[Change]:
    """The newest changes of settings, roles and activity, newest first."""
    settings = apps.get_model("accounts", "HospitalEvent").objects.filter(pgh_obj=hospital.pk)
    people = apps.get_model("accounts", "MembershipEvent").objects.filter(hospital=hospital.pk)
    found = [
        *_changes(settings, ("name", *HOUSE_SETTINGS, *REMINDER_SETTINGS)),
        *_changes(people, ("roles", "is_active")),
    ]
    found.sort(key=lambda one: one[0].pgh_created_at, reverse=True)
    names = _names(found[:MOST])
    return [
        Change(
            at=event.pgh_created_at,
            by=names.get(str((event.pgh_context or {}).get("actor", "")), ""),
            of=names.get(str(getattr(event, "user_id", "")), hospital.name),
            what=_label(name),
            old=_words(name, old, names),
            new=_words(name, getattr(event, name), names),
        )
        for event, name, old in found[:MOST]
    ]


def _changes(events: "QuerySet[Any]", names: tuple[str, ...]) -> Iterator[tuple[Any, str, Any]]:
    """Each event with the field that differs from the event of the same row before, and what stood then."""
    before: dict[Any, Any] = {}
    for event in events.order_by("pgh_id"):
        former = before.get(event.pgh_obj_id)
        before[event.pgh_obj_id] = event
        if former is not None:
            yield from (
                (event, name, getattr(former, name))
                for name in names
                if getattr(former, name) != getattr(event, name)
            )


def _names(found: list[tuple[Any, str, Any]]) -> dict[str, str]:
    """The names of everybody the changes speak of, by id."""
    ids = {str(value) for event, name, old in found for value in _people(event, name, old)}
    known = [one for one in ids if _is_id(one)]
    return {str(key): name for key, name in User.objects.filter(pk__in=known).values_list("pk", "full_name")}


def _people(event: Any, name: str, old: Any) -> Iterator[Any]:
    yield (event.pgh_context or {}).get("actor", "")
    yield getattr(event, "user_id", "")
    if name == "lead_clinician_id":
        yield from (old, event.lead_clinician_id)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _label(name: str) -> str:
    if name in HOUSE_SETTINGS:
        return label_of(name)
    return LABELS.get(name) or {"roles": "Roles", "is_active": "Active"}[name]


def _words(name: str, value: Any, names: dict[str, str]) -> str:
    if name == "roles":
        return ", ".join(role.label for role in Role if role in value)
    if name == "lead_clinician_id":
        return names.get(str(value), "nobody")
    return in_words(name, value)
