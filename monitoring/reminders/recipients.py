"""Who is told about a follow-up or an alert.

The person responsible for it, or to whom it was handed; where they cannot act here any more or no mail
reaches them, the first of these who can and whom one reaches: the responsible clinician of the patient's
team, their cover, the item's deputy, the team's, the patient's coordinators, the hospital's lead clinician.
The deputy's and the lead's stage begin further down the same line. Whoever pauses is replaced by their cover.
Where nobody is left the admins are told how many items that are, so no item reaches no one.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from accounts.access import Access
from accounts.models import Hospital, Membership
from accounts.permissions import Permission, allows
from accounts.roles import Role
from monitoring.follow_ups.stages import Stage
from monitoring.reminders.matters import Matter
from monitoring.reminders.models import Digest, Pause
from patients.models.care_team import TeamRole
from patients.queries.care_team import people_by_role

# So many mails in a row that came back, and a person is passed over.
IN_A_ROW = 2
# Where in the line of ``_line`` a stage begins.
_BEGINS_AT = {Stage.DEPUTY: 3, Stage.LEAD: 6, Stage.URGENT_DEPUTY: 3, Stage.URGENT_LEAD: 6}


@dataclass(frozen=True)
class Told:
    """Who is told which stage of a matter. ``unreached``: one of its stages finds no clinician any more."""

    people: tuple[tuple[Stage, UUID], ...]
    unreached: bool


@dataclass(frozen=True)
class Away:
    """From ``first_on`` to ``last_on`` somebody else stands in."""

    first_on: date
    last_on: date
    cover: UUID


@dataclass(frozen=True)
class Recipients:
    """The people of one hospital as they stand, the teams of some patients, and who is away when.

    ``able`` may act here and can be reached by mail.
    """

    able: frozenset[UUID]
    admins: tuple[UUID, ...]
    lead: UUID | None
    teams: Mapping[UUID, Mapping[str, list[UUID]]]
    away: Mapping[UUID, Away] = field(default_factory=dict)
    # Whether only the patient's team and the lead clinician may open a record; others are not told of it.
    by_team: bool = False

    def of(self, matter: Matter, *, on: date) -> Told:
        """Each person with the most pressing stage they are told on a day.

        A later stage passes over whoever was told an earlier one, as long as somebody else is left.
        """
        told: dict[UUID, Stage] = {}
        unreached = False
        whole, may = self._line(matter), self._may_open(matter.patient_id)
        for stage in matter.stages:
            line = whole[_BEGINS_AT.get(stage, 0) :]
            people = self._first(line, on, may.difference(told)) or self._first(line, on, may)
            told |= dict.fromkeys(people, stage)
            unreached |= not people
        of_admins = [(Stage.NOBODY, admin) for admin in self.admins] if unreached else []
        return Told((*((stage, person) for person, stage in told.items()), *of_admins), unreached)

    def _line(self, matter: Matter) -> list[Iterable[UUID]]:
        team = self.teams.get(matter.patient_id, {})
        return [
            [matter.asked_first] if matter.asked_first else (),
            *(team.get(role, ()) for role in (TeamRole.RESPONSIBLE, TeamRole.COVER)),
            [matter.deputy_id] if matter.deputy_id else (),
            *(team.get(role, ()) for role in (TeamRole.DEPUTY, TeamRole.COORDINATOR)),
            [self.lead] if self.lead else (),
        ]

    def _may_open(self, patient_id: UUID) -> frozenset[UUID]:
        """The able people to whom the policy opens the record; a record without a team is open to all."""
        team = self.teams.get(patient_id, {})
        if not self.by_team or not team:
            return self.able
        people = {person for role in team.values() for person in role}
        return self.able & (people | {self.lead})

    def _first(self, line: list[Iterable[UUID]], on: date, may: frozenset[UUID]) -> list[UUID]:
        """The people of the first place in the line where somebody may act, or whoever stands in for them."""
        for place in line:
            acting = dict.fromkeys(self._acting(person, on) for person in place)
            people = [person for person in acting if person in may]
            if people:
                return people
        return []

    def _acting(self, person: UUID, on: date) -> UUID | None:
        """The person, or their cover on a day of their pause; nobody where the cover is away as well."""
        if not self._is_away(person, on):
            return person
        cover = self.away[person].cover
        return None if self._is_away(cover, on) else cover

    def _is_away(self, person: UUID, on: date) -> bool:
        away = self.away.get(person)
        return away is not None and away.first_on <= on <= away.last_on


def recipients_in(hospital: Hospital, patient_ids: Iterable[UUID], *, on: date) -> Recipients:
    """As the hospital's memberships, pauses and returned mails stand, and the patients' teams on ``on``."""
    members, unreachable = _members(hospital), unreachable_people(hospital.pk)
    admins = [user for user, roles in members if Role.HOSPITAL_ADMIN in roles]
    return Recipients(
        able=_able(members, unreachable),
        # Better to an address that may not work than to nobody.
        admins=tuple([admin for admin in admins if admin not in unreachable] or admins),
        lead=hospital.lead_clinician_id,
        teams=people_by_role(patient_ids, on=on),
        away=away_in(hospital.pk, on=on),
        by_team=hospital.access == Access.CARE_TEAM,
    )


def able_people(hospital: Hospital) -> frozenset[UUID]:
    """Who may act in the hospital and can be reached by mail."""
    return _able(_members(hospital), unreachable_people(hospital.pk))


def _members(hospital: Hospital) -> list[tuple[UUID, list[str]]]:
    active = Membership.objects.active().filter(hospital=hospital).order_by("user_id")
    return list(active.values_list("user_id", "roles"))


def _able(members: Iterable[tuple[UUID, list[str]]], unreachable: Container[UUID]) -> frozenset[UUID]:
    return frozenset(
        user
        for user, roles in members
        if allows(roles, Permission.MANAGE_FOLLOW_UPS) and user not in unreachable
    )


def unreachable_people(hospital_id: UUID) -> set[UUID]:
    """Whose last two mails of the hospital both came back, and whom no admin has trusted again."""
    came_back = Digest.objects.in_hospital(hospital_id).filter(came_back_at__isnull=False, forgiven_at=None)
    counted = came_back.order_by().values("recipient").annotate(mails=Count("pk"))
    suspects = set(counted.filter(mails__gte=IN_A_ROW).values_list("recipient", flat=True))
    return {person for person in suspects if _last_came_back(hospital_id, person)}


def away_in(hospital_id: UUID, *, on: date) -> dict[UUID, Away]:
    """By person, the pause that is not over on ``on``."""
    standing = Pause.objects.filter(hospital=hospital_id, ended_at=None, last_on__gte=on)
    rows = standing.values_list("user_id", "first_on", "last_on", "cover_id")
    return {user: Away(first, last, cover) for user, first, last, cover in rows}


def _last_came_back(hospital_id: UUID, person: UUID) -> bool:
    ended = Digest.objects.in_hospital(hospital_id).filter(recipient=person)
    ended = ended.filter(Q(sent_at__isnull=False) | Q(refused_at__isnull=False))
    last = ended.order_by("-local_date")[:IN_A_ROW].values_list("came_back_at", "forgiven_at")
    return all(came_back is not None and forgiven is None for came_back, forgiven in last)
