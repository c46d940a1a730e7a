"""What a clinician said about a computed response."""

from django.db import models
from django.db.models import Q

from patients.models import PatientRow
from patients.querysets import PatientRowQuerySet


class Axis(models.TextChoices):
    VEGF = "vegf", "VEGF"
    PET = "pet", "FDG-PET"
    NEURO = "neuro", "Nerve"
    CLONE = "clone", "Clone"


class ResponseDecisionQuerySet(PatientRowQuerySet):
    def newest_of_each_axis(self) -> "ResponseDecisionQuerySet":
        """The last decision on every axis."""
        return self.order_by("axis", "-id").distinct("axis")


class ResponseDecision(PatientRow):
    """A computed response confirmed or changed, with the reason. The application can only add rows.

    ``computed`` is what the guideline said then, ``decided`` what the clinician says: both stay. ``rests_on``
    is a digest of the values the axis had; when they are others, the decision has lapsed.
    """

    axis = models.CharField(max_length=5, choices=Axis.choices)
    computed = models.CharField(max_length=32)
    decided = models.CharField(max_length=32)
    reason = models.CharField(max_length=500)
    rests_on = models.CharField(max_length=64)
    content_version = models.CharField(max_length=32)
    submission = models.UUIDField(unique=True)

    objects = ResponseDecisionQuerySet.as_manager()  # type: ignore[misc] # the base's questions and more

    class Meta:
        indexes = [models.Index(fields=["patient", "axis", "-id"], name="response_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(axis__in=Axis.values), name="response_axis_is_known"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(computed="") & ~Q(decided="") & ~Q(rests_on=""),
                name="response_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"decision on {self.axis} of patient {self.patient_id}"
