"""Chainable questions about people and hospitals."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Membership, User


class MembershipQuerySet(models.QuerySet[Any]):
    def active(self) -> Self:
        """Memberships that open doors: active themselves, of an active person."""
        return self.filter(is_active=True, user__is_active=True)

    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def visible_to(self, member: "Membership") -> Self:
        """The memberships of the member's own hospital."""
        return self.filter(hospital_id=member.hospital_id)


class InvitationQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: "Membership") -> Self:
        return self.filter(hospital_id=member.hospital_id)

    def unanswered(self) -> Self:
        """Neither accepted nor revoked; may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self, now: datetime) -> Self:
        """Can still be accepted at ``now``."""
        return self.unanswered().filter(expires_at__gt=now)


class SecondFactorResetQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: "Membership") -> Self:
        return self.filter(hospital_id=member.hospital_id)

    def open(self, now: datetime) -> Self:
        """Neither used, ended nor run out at ``now``."""
        return self.filter(used_at=None, ended_at=None, expires_at__gt=now)

    def waiting(self, now: datetime) -> Self:
        """Open, and nobody has consented yet."""
        return self.open(now).filter(consented_at=None)
