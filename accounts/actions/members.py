"""Change what a colleague may do in a hospital."""

from django.db import transaction

from accounts.models import Membership
from accounts.roles import Role


class LastAdminError(Exception):
    """The change would leave the hospital without an admin."""


@transaction.atomic
def change(*, member: Membership, roles: list[str], is_active: bool, by: Membership) -> Membership:
    """Set roles and activity. Raises LastAdminError when nobody could manage the hospital afterwards."""
    locked = list(
        Membership.objects.visible_to(by).active().select_for_update(of=("self",)).select_related("user")
    )
    remains_admin = is_active and Role.HOSPITAL_ADMIN in roles
    if not remains_admin and not any(
        Role.HOSPITAL_ADMIN in other.roles for other in locked if other.pk != member.pk
    ):
        raise LastAdminError
    member.roles = roles
    member.is_active = is_active
    member.save(update_fields=["roles", "is_active"])
    return member
