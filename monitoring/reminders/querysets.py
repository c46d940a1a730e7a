"""Chainable questions about digests. Jobs ask them inside one hospital's scope, so that comes first."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q


class DigestQuerySet(models.QuerySet[Any]):
    def in_hospital(self, hospital_id: UUID) -> Self:
        return self.filter(hospital_id=hospital_id)

    def open(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(sent_at=None, closed_unsent_at=None, refused_at=None)

    def refused(self) -> Self:
        """The server will never take them."""
        return self.filter(refused_at__isnull=False)

    def unclaimed(self) -> Self:
        """No worker has begun to send them, so no mail of theirs can be under way."""
        return self.filter(claimed_by="")

    def free(self, now: datetime) -> Self:
        """Open, and no worker holds them at ``now``: never claimed, or the claim has run out."""
        return self.open().filter(Q(lease_until=None) | Q(lease_until__lte=now))

    def before(self, day: date) -> Self:
        return self.filter(local_date__lt=day)
