"""Who answers for the follow-ups of a plan: whom one can choose, and who it is if nobody is chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import Membership, User
from accounts.permissions import Permission
from patients.models import Patient, TeamRole
from patients.queries.care_team import candidates, people_by_role


@dataclass(frozen=True)
class Answering:
    """``people`` may be chosen, by id; ``default`` answers for what names nobody."""

    people: Mapping[UUID, User]
    default: User

    def person(self, *wished: str | None) -> User:
        """The first wish that can still be fulfilled, or the default: whoever left answers for nothing."""
        known = {str(key): person for key, person in self.people.items()}
        return next((known[wish] for wish in wished if wish in known), self.default)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(str(key), person.full_name) for key, person in self.people.items()]


def answering_for(patient: Patient, member: Membership, *, on: date) -> Answering:
    """By the hospital's members and the patient's team that day: the responsible clinician, or ``member``."""
    able = [one for one in candidates(member) if one.may(Permission.MANAGE_FOLLOW_UPS)]
    people = {one.user_id: one.user for one in able}
    team: Mapping[str, Iterable[UUID]] = people_by_role([patient.pk], on=on).get(patient.pk, {})
    responsible = next((people[one] for one in team.get(TeamRole.RESPONSIBLE, ()) if one in people), None)
    return Answering(people, responsible or member.user)
