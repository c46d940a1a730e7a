"""Chainable questions about the words of reviewers."""

from typing import Any, Self

from django.db import models

DECISIVE = ("submitted", "approved", "retired")


class StepQuerySet(models.QuerySet[Any]):
    def decisive(self) -> Self:
        """Without remarks, which change nothing."""
        return self.filter(kind__in=DECISIVE)

    def about(self, *, digest: str, engine: str) -> Self:
        """The steps of exactly these bytes, read by these rules."""
        return self.filter(version__digest=digest, version__engine=engine)

    def newest_first(self) -> Self:
        return self.order_by("-number")
