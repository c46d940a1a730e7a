"""Chainable questions about results; ``visible_to`` comes first, always."""

from datetime import UTC, datetime
from typing import Self

from django.db.models import Value
from django.db.models.functions import Coalesce

from patients.querysets import PatientRowQuerySet

# Within one day the moment of collection decides, then the order of entry; an unknown time is the earliest.
MOMENT = Coalesce("collected_at", Value(datetime(1, 1, 2, tzinfo=UTC)))


class ResultQuerySet(PatientRowQuerySet):
    def standing(self) -> Self:
        """What charts and rules read: final results, corrected or not; none that is still preliminary."""
        return self.filter(state__in=("final", "corrected"))

    def kept(self) -> Self:
        """Everything but what was entered in error."""
        return self.exclude(state="entered_in_error")

    def of_analyte(self, analyte: str) -> Self:
        return self.filter(analyte=analyte)

    def oldest_first(self) -> Self:
        """By day and moment of collection, then by entry: the last of a day is the one that counts."""
        return self.order_by("collected_on", MOMENT, "id")

    def newest_first(self) -> Self:
        return self.order_by("-collected_on", MOMENT.desc(), "-id")
