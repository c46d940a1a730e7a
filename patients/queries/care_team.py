"""Who looks after a patient, and whom somebody looks after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When

from accounts.models import Membership, User
from accounts.permissions import Permission
from accounts.roles import Role
from patients.models import CareTeamMember, Patient, TeamRole
from patients.querysets import PatientQuerySet

ROLE_ORDER = Case(
    *(When(role=role, then=Value(place)) for place, role in enumerate(TeamRole)), output_field=IntegerField()
)


@dataclass(frozen=True)
class TeamMember:
    """Somebody in a role. ``works_here`` is False for whoever left: shown still, never told anything."""

    id: int
    user_id: UUID
    name: str
    role: str
    started_on: date
    ended_on: date | None
    version: int
    works_here: bool

    @property
    def role_label(self) -> str:
        return TeamRole(self.role).label


def team_of(patient: Patient, *, on: date) -> list[TeamMember]:
    """The team on the day ``on``: responsible, cover, deputy, coordinators by name."""
    return teams_of([patient], on=on)[patient.pk]


def teams_of(patients: Iterable[Patient], *, on: date) -> dict[UUID, list[TeamMember]]:
    """The team of each patient on the day ``on``, in two queries; an empty list for whoever has none."""
    teams: dict[UUID, list[TeamMember]] = {patient.pk: [] for patient in patients}
    standing = CareTeamMember.objects.filter(patient_id__in=teams).standing().on(on)
    for row, member in _members(standing.order_by(ROLE_ORDER, "user__full_name", "id")):
        teams[row.patient_id].append(member)
    return teams


def people_by_role(patient_ids: Iterable[UUID], *, on: date) -> dict[UUID, dict[str, list[UUID]]]:
    """By patient and role, the people of the team on the day ``on``; without names, for jobs over many."""
    teams: dict[UUID, dict[str, list[UUID]]] = {}
    standing = CareTeamMember.objects.filter(patient_id__in=set(patient_ids)).standing().on(on)
    for patient_id, role, user_id in standing.order_by("id").values_list("patient_id", "role", "user_id"):
        teams.setdefault(patient_id, {}).setdefault(role, []).append(user_id)
    return teams


def team_history(patient: Patient) -> list[TeamMember]:
    """Everybody who was, is or will be on the team, newest first; without what was entered in error."""
    rows = CareTeamMember.objects.of(patient).standing().order_by("-started_on", ROLE_ORDER, "-id")
    return [member for _, member in _members(rows)]


def patients_of(user: User, *, on: date) -> PatientQuerySet:
    """The patients on whose team ``user`` is on the day ``on``, in the hospital the transaction works for."""
    assigned = CareTeamMember.objects.standing().on(on).filter(user=user)
    patients: PatientQuerySet = Patient.objects.filter(pk__in=assigned.values("patient"))
    return patients


def candidates(by: Membership) -> list[Membership]:
    """Members of the hospital who may be put on a team, by name."""
    members = Membership.objects.visible_to(by).active().select_related("user")
    return [
        member
        for member in members.order_by("user__full_name", "pk")
        if member.may(Permission.VIEW_PATIENTS) and {Role.CLINICIAN, Role.COORDINATOR} & set(member.roles)
    ]


def _members(rows: Iterable[CareTeamMember]) -> list[tuple[CareTeamMember, TeamMember]]:
    found = list(rows.select_related("user"))  # type: ignore[attr-defined] # a queryset
    active = Membership.objects.active().filter(user__in={row.user_id for row in found})
    works_at = set(active.values_list("user_id", "hospital_id"))
    return [(row, _member(row, (row.user_id, row.hospital_id) in works_at)) for row in found]


def _member(row: CareTeamMember, works_here: bool) -> TeamMember:
    return TeamMember(
        id=row.pk,
        user_id=row.user_id,
        name=row.user.full_name,
        role=row.role,
        started_on=row.started_on,
        ended_on=row.ended_on,
        version=row.version,
        works_here=works_here,
    )
