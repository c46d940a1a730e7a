"""Who is told about an item."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Membership
from accounts.permissions import Permission, allows
from accounts.roles import Role


@dataclass(frozen=True)
class Recipients:
    """The people of one hospital who can act on a follow-up today."""

    able: frozenset[UUID]
    stand_ins: tuple[UUID, ...]

    def of(self, responsible_id: UUID) -> tuple[UUID, ...]:
        """The responsible person; if they cannot act here any more, everybody who stands in.

        Empty only when the hospital has nobody left who may act.
        """
        return (responsible_id,) if responsible_id in self.able else self.stand_ins


def recipients_in(hospital_id: UUID) -> Recipients:
    """As the hospital's memberships stand: coordinators stand in, and clinicians where there is none."""
    active = Membership.objects.active().filter(hospital_id=hospital_id).order_by("user_id")
    members = [
        (user_id, roles)
        for user_id, roles in active.values_list("user_id", "roles")
        if allows(roles, Permission.MANAGE_FOLLOW_UPS)
    ]
    coordinators = tuple(user_id for user_id, roles in members if Role.COORDINATOR in roles)
    everybody = tuple(user_id for user_id, _ in members)
    return Recipients(able=frozenset(everybody), stand_ins=coordinators or everybody)
