"""Chainable questions about follow-ups. ``visible_to`` comes first, always."""

from datetime import date
from typing import Self
from uuid import UUID

from accounts.models import User
from patients.querysets import PatientRowQuerySet


class FollowUpQuerySet(PatientRowQuerySet):
    def planned(self) -> Self:
        """Neither done, closed, cancelled nor written off when it was scheduled."""
        return self.filter(state="planned")

    def open(self) -> Self:
        """Still expected: planned, of a patient in care. Of the dead nothing is awaited, whatever says so."""
        return self.planned().filter(patient__care="in_care")

    def of_plan(self, origin: UUID) -> Self:
        return self.filter(origin=origin)

    def for_user(self, user: User) -> Self:
        """Those the person is responsible for."""
        return self.filter(responsible=user)

    def due_until(self, day: date) -> Self:
        return self.filter(due__lte=day)

    def by_urgency(self) -> Self:
        return self.order_by("due", "latest", "id")
