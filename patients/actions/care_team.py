"""Put people on a patient's team, and take them off it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership, User
from patients.actions import corrections
from patients.models import CareTeamMember, Patient
from patients.models.care_team import HELD_BY_ONE

ONE_DAY = timedelta(days=1)


class NotOfThisHospitalError(Exception):
    """The person has no active membership of the hospital with a role that may hold this role of the team."""


class RoleTakenError(Exception):
    """On some of these days somebody else holds the role, or this person another: ``standing`` says who."""

    def __init__(self, standing: CareTeamMember) -> None:
        self.standing = standing
        super().__init__(f"assignment {standing.pk} stands in the way")


@transaction.atomic
def assign(
    *,
    patient: Patient,
    user: User,
    role: str,
    started_on: date,
    ended_on: date | None,
    submission: UUID,
    by: Membership,
    now: datetime,
) -> CareTeamMember:
    """Put ``user`` on the team. Whoever holds a role of one person hands it over the day before.

    The same submission twice returns the first. Raises NotOfThisHospitalError, or RoleTakenError where the
    other assignment begins on or after ``started_on``, or is this person's own in another role.
    """
    # Two people who assign at once wait for each other: the second hands over what the first began.
    Patient.objects.visible_to(by).select_for_update(no_key=True).get(pk=patient.pk)
    first = CareTeamMember.objects.visible_to(by).filter(submission=submission).first()
    if first is not None:
        return first
    if role in HELD_BY_ONE:
        _hand_over(patient, role, started_on, by)
    values = {"user": user, "role": role, "started_on": started_on, "ended_on": ended_on}
    try:
        return corrections.add(
            CareTeamMember, patient=patient, values=values, submission=submission, by=by, now=now
        )
    except IntegrityError as error:
        raise _named(error, patient, values) from error


@transaction.atomic
def end(*, member: CareTeamMember, ended_on: date, expected_version: int, by: Membership) -> CareTeamMember:
    """The last day of somebody in their role. Raises corrections.StaleRowError or RoleTakenError."""
    values = {"ended_on": ended_on}
    try:
        return corrections.correct(member, values=values, expected_version=expected_version, by=by)
    except IntegrityError as error:
        whole = {"user": member.user, "role": member.role, "started_on": member.started_on} | values
        raise _named(error, member.patient, whole, but=member) from error


@transaction.atomic
def end_all(*, patient: Patient, on: date, by: Membership) -> int:
    """End every assignment that goes on, ``on`` being its last day, for a transfer; returns how many.

    What would only have begun later ends on its first day.
    """
    places = CareTeamMember.objects.in_hospital(by.hospital_id).of(patient).standing()
    going_on = places.after(on).select_for_update()
    for member in going_on:
        member.ended_on = max(on, member.started_on)
        member.version += 1
        member.save()
    return len(going_on)


def _hand_over(patient: Patient, role: str, day: date, by: Membership) -> None:
    standing = CareTeamMember.objects.visible_to(by).of(patient).standing().filter(role=role).on(day)
    for member in standing.filter(started_on__lt=day):
        corrections.correct(
            member, values={"ended_on": day - ONE_DAY}, expected_version=member.version, by=by
        )


def _named(
    error: IntegrityError, patient: Patient, values: dict[str, Any], *, but: CareTeamMember | None = None
) -> Exception:
    if "team_member_works_here" in str(error):
        return NotOfThisHospitalError(str(values["user"].pk))
    days = values["started_on"], values["ended_on"]
    others = CareTeamMember.objects.of(patient).standing().between(*days).select_related("user")
    others = others.exclude(pk=but.pk) if but else others
    if "team_role_is_held_by_one" in str(error):
        return RoleTakenError(others.filter(role=values["role"])[0])
    if "team_member_holds_one_role" in str(error):
        return RoleTakenError(others.filter(user=values["user"])[0])
    return error
