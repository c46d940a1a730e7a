"""Reads for emergency accesses, and who may open a record at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.access import Access
from accounts.models import Membership
from patients.models import EmergencyAccess, EmergencyReason, Patient
from patients.querysets import places_today

MOST = 200


@dataclass(frozen=True)
class Taken:
    """One emergency access without the patient and without the words, which may say of what they are ill."""

    name: str
    reason: str
    began_at: datetime
    until: datetime
    in_force: bool


def taken_from(member: Membership) -> list[EmergencyAccess]:
    """The newest accesses to records the member may see, their own among them."""
    rows = EmergencyAccess.objects.visible_to(member) | EmergencyAccess.objects.of_person(member)
    found = rows.distinct().select_related("patient", "recorded_by")
    return list(found.order_by("-recorded_at", "pk")[:MOST])


def taken_in(hospital_id: UUID, *, now: datetime) -> list[Taken]:
    """The hospital's newest accesses, for its admins. Needs the hospital's scope (accounts.scope)."""
    rows = EmergencyAccess.objects.in_hospital(hospital_id).select_related("recorded_by")
    return [
        Taken(
            name=row.recorded_by.full_name,
            reason=EmergencyReason(row.reason).label,
            began_at=row.recorded_at,
            until=row.ended_at or row.until,
            in_force=row.ended_at is None and row.until > now,
        )
        for row in rows.order_by("-recorded_at", "pk")[:MOST]
    ]


def who_may_open(patient: Patient, members: Iterable[Membership], *, by: Membership) -> list[Membership]:
    """Those of ``members``, colleagues of ``by``, to whom the care-team rule leaves the record open.

    To hand something over to anybody else would leave it with nobody.
    """
    found, hospital = list(members), by.hospital
    if hospital.access == Access.HOSPITAL:
        return found
    team = set(places_today(hospital).filter(patient=patient).values_list("user_id", flat=True))
    open_to = team | {hospital.lead_clinician_id}
    return [member for member in found if member.user_id in open_to] if team else found
