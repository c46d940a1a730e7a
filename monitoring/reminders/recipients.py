"""Who is told about an item.

The person responsible for it; where they cannot act here any more, the first of these who can: the
responsible clinician of the patient's team, their cover, the item's deputy, the team's, the patient's
coordinators, the hospital's lead clinician. The deputy's and the lead's stage begin further down the same
line. Where nobody is left the admins are told how many items that are, so no item reaches no one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import Hospital, Membership
from accounts.permissions import Permission, allows
from accounts.roles import Role
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.queries import DueItem
from monitoring.follow_ups.stages import Stage
from patients.models.care_team import TeamRole
from patients.queries.care_team import people_by_role

# Where in the line of ``_line`` a stage begins.
_BEGINS_AT = {Stage.DEPUTY: 3, Stage.LEAD: 6}


@dataclass(frozen=True)
class Told:
    """Who is told which stage of an item. ``unreached``: one of its stages finds no clinician any more."""

    people: tuple[tuple[Stage, UUID], ...]
    unreached: bool


@dataclass(frozen=True)
class Recipients:
    """The people of one hospital as they stand on a day, and the teams of some patients."""

    able: frozenset[UUID]
    admins: tuple[UUID, ...]
    lead: UUID | None
    teams: Mapping[UUID, Mapping[str, list[UUID]]]

    def of(self, item: DueItem) -> Told:
        """Each person with the most pressing stage they are told.

        A later stage passes over whoever was told an earlier one, as long as somebody else is left.
        """
        told: dict[UUID, Stage] = {}
        unreached = False
        for stage in item.stages:
            line = self._line(item.follow_up)[_BEGINS_AT.get(stage, 0) :]
            people = self._first(line, passing_over=told) or self._first(line)
            told |= dict.fromkeys(people, stage)
            unreached |= not people
        of_admins = [(Stage.NOBODY, admin) for admin in self.admins] if unreached else []
        return Told((*((stage, person) for person, stage in told.items()), *of_admins), unreached)

    def _line(self, item: FollowUp) -> list[Iterable[UUID]]:
        team = self.teams.get(item.patient_id, {})
        return [
            [item.responsible_id],
            *(team.get(role, ()) for role in (TeamRole.RESPONSIBLE, TeamRole.COVER)),
            [item.deputy_id] if item.deputy_id else (),
            *(team.get(role, ()) for role in (TeamRole.DEPUTY, TeamRole.COORDINATOR)),
            [self.lead] if self.lead else (),
        ]

    def _first(self, line: list[Iterable[UUID]], *, passing_over: Iterable[UUID] = ()) -> list[UUID]:
        """The people of the first place in the line where somebody may act."""
        may = self.able.difference(passing_over)
        return next((able for place in line if (able := [person for person in place if person in may])), [])


def recipients_in(hospital: Hospital, patient_ids: Iterable[UUID], *, on: date) -> Recipients:
    """As the hospital's memberships and the patients' teams stand on the day ``on``."""
    active = Membership.objects.active().filter(hospital=hospital).order_by("user_id")
    members = list(active.values_list("user_id", "roles"))
    return Recipients(
        able=frozenset(user for user, roles in members if allows(roles, Permission.MANAGE_FOLLOW_UPS)),
        admins=tuple(user for user, roles in members if Role.HOSPITAL_ADMIN in roles),
        lead=hospital.lead_clinician_id,
        teams=people_by_role(patient_ids, on=on),
    )
