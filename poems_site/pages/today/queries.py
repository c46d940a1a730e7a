"""Who waits for something, from the patients' summaries alone; pages that stay in place while rows change."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least

from accounts.models import Membership
from monitoring.alerts.models import Alert
from monitoring.alerts.queries import INFO, OVERDUE
from monitoring.follow_ups.models import FollowUp
from patients.models import Care, CareTeamMember, PatientSummary, TeamRole

# A day of work, and quick to show.
PAGE_SIZE = 25
NOTHING = INFO + 1


class Whose(StrEnum):
    """Whose patients: on whose team I am or whose alert or follow-up was given to me, my deputyships, all."""

    MINE = "mine"
    DEPUTY = "deputy"
    HOSPITAL = "hospital"


@dataclass(frozen=True)
class Page:
    """Summaries with ``urgency`` and ``waits_since``; the patient after whom the next page begins."""

    rows: list[Any]
    after: UUID | None


def waiting(member: Membership, whose: Whose, *, on: date) -> "QuerySet[Any]":
    """Patients in care of whom an alert asks or a follow-up is overdue on the day ``on``."""
    is_overdue = When(overdue_from__lte=on, then=Value(OVERDUE))
    urgency = Least(Coalesce("alert_urgency", NOTHING), Case(is_overdue, default=Value(NOTHING)))
    rows = PatientSummary.objects.visible_to(member).filter(patient__care=Care.IN_CARE)
    rows = rows.filter(Q(alert_urgency__isnull=False) | Q(overdue_from__lte=on))
    return _of(rows, member, whose, on).annotate(
        urgency=urgency,
        waits_since=Case(When(urgency=OVERDUE, then="overdue_from"), default=F("alert_since")),
    )


def page_of(rows: "QuerySet[Any]", *, after: UUID | None) -> Page:
    """The worst first, then whoever waits longest; after the place where that patient stands now."""
    start = rows.filter(pk=after).values_list("urgency", "waits_since", "pk").first() if after else None
    if start is not None:
        rows = rows.filter(_beyond(*start))
    found = list(rows.select_related("patient").order_by("urgency", "waits_since", "pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return Page(shown, shown[-1].pk if len(found) > PAGE_SIZE else None)


def _of(rows: "QuerySet[Any]", member: Membership, whose: Whose, on: date) -> "QuerySet[Any]":
    if whose == Whose.HOSPITAL:
        return rows
    teams = CareTeamMember.objects.visible_to(member).standing().on(on).filter(user=member.user)
    if whose == Whose.DEPUTY:
        return rows.filter(pk__in=teams.filter(role=TeamRole.DEPUTY).values("patient"))
    handed = Alert.objects.visible_to(member).open().filter(handed_to=member.user)
    planned = FollowUp.objects.visible_to(member).planned().for_user(member.user)
    return rows.filter(
        Q(pk__in=teams.values("patient"))
        | Q(pk__in=handed.values("patient"))
        | Q(pk__in=planned.values("patient"))
    )


def _beyond(urgency: int, since: date, patient_id: UUID) -> Q:
    same = Q(urgency=urgency)
    return (
        Q(urgency__gt=urgency)
        | same & Q(waits_since__gt=since)
        | same & Q(waits_since=since, pk__gt=patient_id)
    )
