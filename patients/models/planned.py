"""Treatments to come, as a signed plan asked for them, and what became of each."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import User
from patients.models.base import PatientRow
from patients.models.treatments import Treatment, TreatmentKind


class PlannedState(models.TextChoices):
    PLANNED = "planned", "Planned"
    GIVEN = "given", "Given"
    CANCELLED = "cancelled", "Cancelled"


@pghistory.track()
class PlannedTreatment(PatientRow):
    """One treatment of a signed plan. ``start`` null: no day was planned; ``dose`` and ``note`` as written.

    Given, it leads to the treatment that was recorded; cancelled, ``why`` says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The plan that asked for it and the place in that plan's list; no foreign key, plans stand above.
    origin = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=TreatmentKind.choices, blank=True)
    name = models.CharField(max_length=200)
    start = models.DateField("planned first day", null=True)
    dose = models.TextField(blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=PlannedState.choices, default=PlannedState.PLANNED)
    given_as = models.ForeignKey(Treatment, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField("why it was cancelled", max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "planned treatment"
        indexes = [models.Index(fields=["patient", "start"], name="planned_treatments_of_patient")]
        constraints = [
            models.UniqueConstraint(fields=["origin", "position"], name="planned_treatment_is_once"),
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=TreatmentKind.values),
                name="planned_treatment_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="planned", given_as=None, why="", ended_at=None, ended_by=None)
                | Q(
                    state="given",
                    given_as__isnull=False,
                    why="",
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                )
                | (
                    Q(state="cancelled", given_as=None, ended_at__isnull=False, ended_by__isnull=False)
                    & ~Q(why="")
                ),
                name="planned_treatment_says_how_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} treatment {self.pk}"
