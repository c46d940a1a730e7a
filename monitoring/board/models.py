"""Patients put forward for the tumour board, and what the board decided."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import User
from patients.models import PatientRow
from patients.querysets import PatientRowQuerySet


class BoardDecision(models.TextChoices):
    NO_CHANGE = "no_change", "No change"
    PLAN = "plan", "Plan"
    MORE_DATA = "more_data", "More data"


class CaseQuerySet(PatientRowQuerySet):
    def open(self) -> "CaseQuerySet":
        """Still to be discussed, of patients in care."""
        return self.filter(decided_at=None, patient__care="in_care")


@pghistory.track()
class Case(PatientRow):
    """A question to the board; a decision ends it. Two specialists may each ask about the same patient."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.CharField(max_length=500)
    decision = models.CharField(max_length=10, choices=BoardDecision.choices, blank=True)
    text = models.CharField("what was said", max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    submission = models.UUIDField(unique=True)

    objects = CaseQuerySet.as_manager()  # type: ignore[misc] # the base's questions and more

    class Meta:
        verbose_name = "case for the tumour board"
        indexes = [
            models.Index(fields=["hospital", "recorded_at"], condition=Q(decided_at=None), name="board_open")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="board_case_asks_something"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="", text="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, decision__in=BoardDecision.values),
                name="board_decision_has_time_name_and_word",
            ),
        ]

    def __str__(self) -> str:
        return f"board case {self.pk} of patient {self.patient_id}"
