"""The list of patients: filters, orders, and pages that stay in place while rows come and go."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Coalesce, Lower

from accounts.models import Membership
from patients.models import Care, CareTeamMember, Patient
from patients.querysets import PatientQuerySet

PAGE_SIZE = 50
THIRD_OR_LATER = 3
NEVER_ASSESSED = "none"
NOTHING_ASKS = 9

# What each order compares; the id settles what is equal. Each has an index (Patient, PatientSummary).
ORDERS: dict[str, Any] = {
    "name": F("search_key"),
    "number": Lower("record_number"),
    "born": F("birth_date"),
    # Whoever has had no treatment stands before the first line ever.
    "line": Coalesce(F("summary__line_started_on"), Value(date.min, output_field=DateField())),
    # The most urgent first, whoever is asked nothing last.
    "alert": Coalesce(F("summary__alert_urgency"), Value(NOTHING_ASKS)),
    "registered": F("registered_at"),
}


# What a filter by alert lets pass: at least this severe.
ALERTS = {
    "critical": ("critical",),
    "warning": ("critical", "warning"),
    "any": ("critical", "warning", "info"),
}


@dataclass(frozen=True)
class Wanted:
    """Which patients: by default all who are in care. ``extent``, ``line`` and ``alert`` "" mean any."""

    care: str = "in_care"
    extent: str = ""
    line: str = ""
    alert: str = ""
    overdue: bool = False
    mine: bool = False


@dataclass(frozen=True)
class Place:
    """Where a page begins: after or before one patient. An id tells nobody a name."""

    after: UUID | None = None
    before: UUID | None = None


@dataclass(frozen=True)
class Page:
    """Patients with their summaries; the ids where the neighbouring pages begin, None at an end."""

    patients: list[Patient]
    before: UUID | None = None
    after: UUID | None = None


def wanted_patients(member: Membership, wanted: Wanted, *, on: date) -> PatientQuerySet:
    """The member's patients that pass every filter on the day ``on``."""
    found = Patient.objects.visible_to(member).select_related("summary")
    if wanted.care != "all":
        in_care = Q(care=Care.IN_CARE)
        found = found.filter(in_care if wanted.care == "in_care" else ~in_care)
    if wanted.extent:
        found = found.filter(summary__extent=wanted.extent.replace(NEVER_ASSESSED, ""))
    if wanted.line:
        number = int(wanted.line)
        later = {"summary__line_number__gte": number}
        found = found.filter(**later if number >= THIRD_OR_LATER else {"summary__line_number": number})
    if wanted.alert:
        found = found.filter(summary__worst_alert__in=ALERTS[wanted.alert])
    if wanted.overdue:
        found = found.filter(summary__overdue_from__lte=on)
    if wanted.mine:
        teams = CareTeamMember.objects.visible_to(member).standing().on(on)
        found = found.filter(pk__in=teams.filter(user=member.user).values("patient"))
    return found


def best_matches(patients: PatientQuerySet, text: str) -> Page:
    """Those of ``patients`` that ``text`` may mean, the likeliest first: one page, and no other."""
    # Summaries are read for the page alone: joined, they would be read for everybody who is looked at.
    found = patients.matching(text).select_related(None).prefetch_related("summary")
    return Page(list(found[:PAGE_SIZE]))


def page_of(patients: PatientQuerySet, member: Membership, order: str, place: Place) -> Page:
    """The page of ``patients`` at ``place``, by ``order`` ("-name" is from the end).

    It begins where a patient stands now, so nobody is shown twice or skipped when others are registered in
    between. Where that patient is gone, the list begins anew.
    """
    expression = ORDERS[order.removeprefix("-")]
    backwards = place.before is not None
    ascending = order.startswith("-") == backwards
    rows = patients.annotate(place=expression).order_by(
        *(("place", "id") if ascending else ("-place", "-id"))
    )
    start = _standing(member, expression, place.before or place.after)
    if start is not None:
        rows = rows.filter(_beyond(*start, ascending=ascending))
    found = list(rows[: PAGE_SIZE + 1])
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    if backwards:
        shown.reverse()
    if not shown:
        return Page([])
    begins, ends = shown[0].pk, shown[-1].pk
    earlier, later = (more, start is not None) if backwards else (start is not None, more)
    return Page(shown, before=begins if earlier else None, after=ends if later else None)


def _standing(member: Membership, expression: Any, patient_id: UUID | None) -> tuple[Any, UUID] | None:
    """Where a patient stands in an order now, whatever filters say."""
    if patient_id is None:
        return None
    rows = Patient.objects.visible_to(member).filter(pk=patient_id).annotate(place=expression)
    return rows.values_list("place", "pk").first()


def _beyond(value: Any, patient_id: UUID, *, ascending: bool) -> Q:
    """Everybody after a place; the first condition lets the index begin there."""
    if ascending:
        return Q(place__gte=value) & (Q(place__gt=value) | Q(pk__gt=patient_id))
    return Q(place__lte=value) & (Q(place__lt=value) | Q(pk__lt=patient_id))
