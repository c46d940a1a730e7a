"""Somebody leaves the teams of a hospital: others take over from today, in every team at once."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import Membership, User
from patients.actions.care_team import ONE_DAY
from patients.models import CareTeamMember, Patient, TeamRole
from patients.querysets import CareTeamQuerySet

SENIORITY = {role: place for place, role in enumerate(TeamRole)}


def places_of(person: User, by: Membership, *, on: date) -> CareTeamQuerySet:
    """The person's places in teams of the hospital that go on on the day ``on`` or begin later.

    Of patients who are no longer in care too: a death that was entered by mistake is taken back.
    """
    places: CareTeamQuerySet = CareTeamMember.objects.in_hospital(by.hospital_id).standing()
    return places.filter(user=person).between(on, None)


@transaction.atomic
def hand_over_all(*, person: User, to: Mapping[str, User], by: Membership, now: datetime, on: date) -> int:
    """Give every place of ``person`` to the one named for its role in ``to``; how many places that were.

    For somebody who leaves: the admin who does it may read no patient. Who takes over and holds a lesser role
    in the same team leaves that one; who holds the same or a greater one keeps it, and the place just ends.
    The database refuses who may not hold a role.
    """
    found = places_of(person, by, on=on)
    patients = Patient.objects.filter(pk__in=found.values("patient")).order_by("pk")
    list(patients.select_for_update(no_key=True).values_list("pk", flat=True))
    places = list(found.select_for_update().order_by("id"))
    for place in places:
        _pass_on(place, to[place.role], by=by, now=now, on=on)
    return len(places)


@transaction.atomic
def let_in(*, person: User, patients: Iterable[UUID], by: Membership, now: datetime, on: date) -> int:
    """Put ``person`` on the teams of these patients, as coordinator; how many they were not on.

    For whoever takes over work on a patient where only the team may open the record. A patient without a
    team is open to everybody and gets none by this.
    """
    going_on = CareTeamMember.objects.in_hospital(by.hospital_id).standing().on(on)
    teams = set(going_on.filter(patient__in=set(patients)).values_list("patient", flat=True))
    mine = set(going_on.filter(user=person, patient__in=teams).values_list("patient", flat=True))
    for patient_id in sorted(teams - mine):
        CareTeamMember.objects.create(
            **_written(by, now), patient_id=patient_id, user=person, role=TeamRole.COORDINATOR, started_on=on
        )
    return len(teams - mine)


def _written(by: Membership, now: datetime) -> dict[str, Any]:
    return {
        "hospital_id": by.hospital_id,
        "recorded_by": by.user,
        "recorded_at": now,
        "submission": uuid4(),
    }


def _pass_on(place: CareTeamMember, to: User, *, by: Membership, now: datetime, on: date) -> None:
    others = CareTeamMember.objects.in_hospital(by.hospital_id).standing().filter(patient=place.patient_id)
    own = list(others.filter(user=to).between(max(on, place.started_on), place.ended_on))
    ended_on, begins_later = place.ended_on, place.started_on >= on
    _end(place, by=by, now=now, on=on)
    if any(SENIORITY[TeamRole(one.role)] <= SENIORITY[TeamRole(place.role)] for one in own):
        return
    for lesser in own:
        _end(lesser, by=by, now=now, on=on)
    CareTeamMember.objects.create(
        **_written(by, now),
        patient_id=place.patient_id,
        user=to,
        role=place.role,
        started_on=place.started_on if begins_later else on,
        ended_on=ended_on,
    )


def _end(place: CareTeamMember, *, by: Membership, now: datetime, on: date) -> None:
    """Yesterday was the last day. What begins only today or later never was: it counts nowhere any more."""
    if place.started_on < on:
        place.ended_on = on - ONE_DAY
    else:
        place.entered_in_error_at, place.entered_in_error_by = now, by.user
    place.version += 1
    place.save()
