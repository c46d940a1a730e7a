"""Who looked at a patient."""

from django.db import models
from django.db.models import Q

from accounts.models import Hospital, User
from patients.models.identity import Patient


class AccessKind(models.TextChoices):
    VIEWED = "viewed", "Viewed"
    CHANGED = "changed", "Opened to change"
    EXPORTED = "exported", "Exported"
    PRINTED = "printed", "Printed"


class AccessEvent(models.Model):
    """Somebody opened a patient's page. The application can add rows and nothing else."""

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AccessKind.choices)
    address = models.CharField(max_length=100, help_text="Name of the page, never its text.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["patient", "-at"], name="access_by_patient")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AccessKind.values), name="access_kind_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.patient_id} by {self.user_id}"
