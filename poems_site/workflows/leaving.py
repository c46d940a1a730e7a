"""Somebody leaves the hospital, or a role in it: everything they answer for goes to somebody who may have it.

The admin who sees to it may read no patient: they are told how many of each there are and name who takes them
over. A clinician can give away patient by patient before (the pages of teams, drafts and follow-ups);
what is left goes here at once. Nothing is left without a recipient: until each part has one nothing happens.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from accounts.access import Access
from accounts.actions import hospitals, members
from accounts.models import Hospital, Membership, User
from accounts.permissions import Permission, allows
from accounts.roles import Role
from accounts.scope import hospital_scope
from monitoring.alerts.actions import hand_overs
from monitoring.follow_ups.actions import feeds, people as follow_ups
from monitoring.reminders.actions import pauses
from patients.actions import leaving as teams
from patients.models import TeamRole
from treatment.actions import handing_over as drafts


class Part(StrEnum):
    """What somebody may answer for; each part goes to one person."""

    RESPONSIBLE = "responsible"
    COVER = "cover"
    DEPUTY = "deputy"
    COORDINATOR = "coordinator"
    DRAFTS = "drafts"
    FOLLOW_UPS = "follow_ups"
    ALERTS = "alerts"
    PAUSES = "pauses"
    LEAD = "lead"


TEAM_PARTS = {role: Part(role.value) for role in TeamRole}
Counts = dict[Part, int]


class NoRecipientError(Exception):
    """Somebody who may have it must be named for each of ``parts``."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts
        super().__init__(", ".join(parts))


class ChangedMeanwhileError(Exception):
    """The person answers for more or less than the preview showed; ``counts`` is what stands now."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        super().__init__(fingerprint(counts))


class StillHoldsError(Exception):
    """With these roles the person may not have what they answer for: ``counts``, by part."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        super().__init__(fingerprint(counts))


def may_have(part: Part, roles: list[str]) -> bool:
    """Whether somebody with these roles may have the part."""
    if part == Part.COORDINATOR:
        return Role.CLINICIAN in roles or Role.COORDINATOR in roles
    if part in {Part.FOLLOW_UPS, Part.ALERTS, Part.PAUSES}:
        return allows(roles, Permission.MANAGE_FOLLOW_UPS)
    if part == Part.DRAFTS:
        return allows(roles, Permission.PLAN_TREATMENT)
    return Role.CLINICIAN in roles


def held(member: Membership, *, by: Membership, on: date) -> Counts:
    """How much of each part the person answers for here on the day ``on``; without what is none."""
    with hospital_scope(by.hospital_id, actor=str(by.user_id)):
        return _held(member, by=by, on=on)


def recipients(member: Membership, part: Part, *, by: Membership) -> list[Membership]:
    """Everybody who may take the part over, by name."""
    active = Membership.objects.visible_to(by).active().exclude(pk=member.pk).select_related("user")
    return [one for one in active.order_by("user__full_name", "pk") if may_have(part, one.roles)]


@transaction.atomic
def hand_over(
    *, member: Membership, to: Mapping[Part, User], seen: str, by: Membership, now: datetime, on: date
) -> Counts:
    """Give away everything the person answers for; how much of each part that was.

    ``seen`` is the fingerprint of the preview. Raises NoRecipientError and ChangedMeanwhileError.
    """
    Membership.objects.visible_to(by).select_for_update().get(pk=member.pk)
    with hospital_scope(by.hospital_id, actor=str(by.user_id)):
        counts = _held(member, by=by, on=on)
        if not counts:
            return counts
        if fingerprint(counts) != seen:
            raise ChangedMeanwhileError(counts)
        _require_recipients(member, counts, to, by=by)
        _give(member.user, to, counts, by=by, now=now, on=on)
    return counts


@transaction.atomic
def deactivate(
    *, member: Membership, to: Mapping[Part, User], seen: str, by: Membership, now: datetime, on: date
) -> Counts:
    """Hand over and close the hospital to the person, all or nothing; twice is once.

    Raises LastAdminError and what ``hand_over`` raises.
    """
    members.deactivate(member=member, by=by, now=now)
    counts = hand_over(member=member, to=to, seen=seen, by=by, now=now, on=on)
    with hospital_scope(by.hospital_id, actor=str(by.user_id)):
        pauses.end_of(person=member.user, by=by, now=now)
        feeds.close_feed_of(person=member.user, by=by, now=now)
    return counts


@transaction.atomic
def set_roles(*, member: Membership, roles: list[str], by: Membership, on: date) -> Membership:
    """Set the roles. Raises LastAdminError, and StillHoldsError for what they would leave behind."""
    changed = members.set_roles(member=member, roles=roles, by=by)
    left = {part: count for part, count in held(member, by=by, on=on).items() if not may_have(part, roles)}
    if left:
        raise StillHoldsError(left)
    return changed


def fingerprint(counts: Counts) -> str:
    """Differs when the person answers for more or less."""
    return " ".join(f"{part}:{counts[part]}" for part in sorted(counts)) or "nothing"


def _held(member: Membership, *, by: Membership, on: date) -> Counts:
    person = member.user
    roles = list(teams.places_of(person, by, on=on).values_list("role", flat=True))
    counts = {part: roles.count(role) for role, part in TEAM_PARTS.items()} | {
        Part.DRAFTS: drafts.held_by(person, by).count(),
        Part.FOLLOW_UPS: follow_ups.planned_of(person, by).count(),
        Part.ALERTS: hand_overs.handed_to(person, by).count(),
        Part.PAUSES: pauses.covered_by(person, by).count(),
        Part.LEAD: Hospital.objects.filter(pk=by.hospital_id, lead_clinician=person).count(),
    }
    return {part: count for part, count in counts.items() if count}


def _require_recipients(
    member: Membership, counts: Counts, to: Mapping[Part, User], *, by: Membership
) -> None:
    missing = [
        part
        for part in counts
        if part not in to or to[part].pk not in {one.user_id for one in recipients(member, part, by=by)}
    ]
    if missing:
        raise NoRecipientError(missing)


def _give(
    person: User, to: Mapping[Part, User], counts: Counts, *, by: Membership, now: datetime, on: date
) -> None:
    by_role = {role.value: to[part] for role, part in TEAM_PARTS.items() if part in counts}
    teams.hand_over_all(person=person, to=by_role, by=by, now=now, on=on)
    about_patients: dict[Part, tuple[Callable[..., Any], Callable[..., object]]] = {
        Part.DRAFTS: (drafts.held_by, drafts.hand_over_all),
        Part.FOLLOW_UPS: (follow_ups.planned_of, follow_ups.hand_over_all),
        Part.ALERTS: (hand_overs.handed_to, hand_overs.hand_over_all),
    }
    for part, (theirs, give) in about_patients.items():
        if part in counts:
            if by.hospital.access == Access.CARE_TEAM:
                patients = list(theirs(person, by).values_list("patient", flat=True))
                teams.let_in(person=to[part], patients=patients, by=by, now=now, on=on)
            give(person=person, to=to[part], by=by, now=now)
    if Part.PAUSES in counts:
        pauses.hand_over_covers(person=person, to=to[Part.PAUSES], by=by, now=now)
    if Part.LEAD in counts:
        hospitals.set_lead(lead=to[Part.LEAD], by=by)
