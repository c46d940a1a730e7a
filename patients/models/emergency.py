"""Breaking the glass: somebody outside the care team opens a record because it cannot wait."""

import uuid
from datetime import timedelta

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from patients.models.base import PatientRow
from patients.querysets import EmergencyQuerySet

# One shift, its hand-over included: long enough to see an emergency through, short enough that nobody works
# with it the next day. It can be taken again, with a reason again.
LASTS = timedelta(hours=12)


class EmergencyReason(models.TextChoices):
    EMERGENCY = "emergency", "The patient is here as an emergency"
    ON_CALL = "on_call", "I am on call and the team cannot be reached"
    CONSULT = "consult", "I was asked for advice that cannot wait"
    OTHER = "other", "Another reason"


@pghistory.track()
class EmergencyAccess(PatientRow):
    """``recorded_by`` may open the record from ``recorded_at`` to ``until``, unless it is ended by hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reason = models.CharField(max_length=9, choices=EmergencyReason.choices)
    text = models.CharField("why, in words", max_length=500)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    submission = models.UUIDField(unique=True)

    objects = EmergencyQuerySet.as_manager()  # type: ignore[misc] # the base's questions and more

    class Meta:
        verbose_name = "emergency access"
        indexes = [models.Index(fields=["hospital", "-recorded_at"], name="emergencies_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "recorded_by"],
                condition=Q(ended_at=None),
                name="emergency_is_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("recorded_at"), until__lte=F("recorded_at") + LASTS),
                name="emergency_lasts_a_shift_at_most",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=EmergencyReason.values) & ~Q(text=""), name="emergency_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="emergency_end_is_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"emergency access {self.pk}"
