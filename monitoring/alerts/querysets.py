"""Chainable questions about alerts. ``visible_to`` comes first, always."""

from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from patients.querysets import PatientRowQuerySet


class AlertQuerySet(PatientRowQuerySet):
    def open(self) -> Self:
        """Still true, acknowledged or not."""
        return self.filter(resolved_at=None)

    def asking(self, on: date) -> Self:
        """Open and asking for attention on the day: never acknowledged, or the day to look again has come."""
        return self.open().filter(Q(acknowledged_at=None) | Q(review_on__lte=on))


class MarkQuerySet(models.QuerySet[Any]):
    def in_hospital(self, hospital_id: UUID) -> Self:
        return self.filter(hospital_id=hospital_id)
