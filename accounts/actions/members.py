"""Change what a colleague may do in a hospital. Nobody is ever deleted: what they did keeps their name."""

from datetime import datetime

from django.db import transaction

from accounts.actions import sessions
from accounts.models import Membership
from accounts.roles import Role


class LastAdminError(Exception):
    """The change would leave the hospital without an admin."""


@transaction.atomic
def set_roles(*, member: Membership, roles: list[str], by: Membership) -> Membership:
    """Set the roles. Raises LastAdminError when nobody could manage the hospital afterwards."""
    locked = _locked(member, by, stays_admin=Role.HOSPITAL_ADMIN in roles)
    if locked.roles != roles:
        locked.roles = roles
        locked.save(update_fields=["roles"])
    return locked


@transaction.atomic
def deactivate(*, member: Membership, by: Membership, now: datetime) -> Membership:
    """Close the hospital to somebody from their next request on; twice is once. Raises LastAdminError.

    Who has no other hospital is closed out of the house: no sign-in, and every session ends.
    """
    locked = _locked(member, by, stays_admin=False)
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    if not Membership.objects.of(locked.user).filter(is_active=True).exists():
        locked.user.is_active = False
        locked.user.save(update_fields=["is_active"])
        sessions.end_all(user=locked.user, now=now)
    return locked


@transaction.atomic
def reactivate(*, member: Membership, by: Membership) -> Membership:
    """Open the hospital to somebody again, with the roles they had; what was handed over stays with whom it
    went to.
    """
    locked = _lock(by)[member.pk]
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    if not locked.user.is_active:
        locked.user.is_active = True
        locked.user.save(update_fields=["is_active"])
    return locked


def _locked(member: Membership, by: Membership, *, stays_admin: bool) -> Membership:
    people = _lock(by)
    others = (one for one in people.values() if one.pk != member.pk)
    if not stays_admin and not any(_manages(one) for one in others):
        raise LastAdminError
    return people[member.pk]


def _lock(by: Membership) -> dict[int, Membership]:
    """Everybody of the hospital, locked: two admins who remove each other wait for one another."""
    rows = Membership.objects.visible_to(by).select_for_update(of=("self",)).select_related("user")
    return {row.pk: row for row in rows.order_by("pk")}


def _manages(member: Membership) -> bool:
    return member.is_active and member.user.is_active and Role.HOSPITAL_ADMIN in member.roles
