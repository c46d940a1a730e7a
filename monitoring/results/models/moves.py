"""Entries that were in the wrong record: where they went, and where they came from."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q

from patients.models import Patient, PatientRow


class Direction(models.TextChoices):
    LEFT = "left", "Moved to another patient"
    ARRIVED = "arrived", "Moved here from another patient"


class MovedKind(models.TextChoices):
    RESULT = "result", "Result"
    PET = "pet", "PET scan"
    NERVE = "nerve", "Neurologic assessment"


@pghistory.track()
class Move(PatientRow):
    """One side of a move: written twice, so that the history of each of the two patients shows it.

    ``row_id`` is the number of the entry, which keeps it; ``submission`` is shared by both sides.
    """

    direction = models.CharField(max_length=8, choices=Direction.choices)
    kind = models.CharField("what was moved", max_length=6, choices=MovedKind.choices)
    row_id = models.BigIntegerField("number of the entry")
    other = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="+", verbose_name="the other patient"
    )
    reason = models.CharField(max_length=500)
    submission = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = "moved entry"
        verbose_name_plural = "moved entries"
        indexes = [models.Index(fields=["patient", "-recorded_at", "-id"], name="moves_newest")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "direction"], name="move_is_submitted_once"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="move_direction_is_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=MovedKind.values), name="move_kind_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="move_has_a_reason"),
            models.CheckConstraint(condition=~Q(other=F("patient")), name="move_is_between_two_patients"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id} {self.direction} patient {self.patient_id}"
