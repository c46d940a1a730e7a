"""Chainable questions about results; ``visible_to`` comes first, always."""

from datetime import time
from typing import Self

from django.db.models import Value
from django.db.models.functions import Coalesce

from patients.querysets import PatientRowQuerySet

# Within one day the time of collection decides, then the order of entry; an unknown time is the earliest.
TIME_OF_DAY = Coalesce("collected_at_time", Value(time.min))


class ResultQuerySet(PatientRowQuerySet):
    def final(self) -> Self:
        """Results that stand; those entered in error are left out."""
        return self.filter(state="final")

    def of_analyte(self, analyte: str) -> Self:
        return self.filter(analyte=analyte)

    def oldest_first(self) -> Self:
        """By day and time of collection, then by entry: the last of a day is the one that counts."""
        return self.order_by("collected_on", TIME_OF_DAY, "id")

    def newest_first(self) -> Self:
        return self.order_by("-collected_on", TIME_OF_DAY.desc(), "-id")
