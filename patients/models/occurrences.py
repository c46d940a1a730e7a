"""What happened to the patient, and what somebody noted."""

import pghistory
from django.db import models
from django.db.models import F, Q

from patients.models.base import CorrectableRow
from patients.partial_dates import PartialDate, Precision


class OccurrenceKind(models.TextChoices):
    THROMBOSIS = "thrombosis", "Thrombosis or embolism"
    STROKE = "stroke", "Stroke"
    INFECTION = "infection", "Infection"
    ADMISSION = "admission", "Admission to hospital"
    ENGRAFTMENT = "engraftment", "Engraftment syndrome"
    NEUROPATHY = "neuropathy", "Neuropathy under treatment"
    BLEEDING = "bleeding", "Bleeding"
    FRACTURE = "fracture", "Fracture"
    SURGERY = "surgery", "Operation"
    OTHER = "other", "Other event"
    NOTE = "note", "Note"


# Neither a stay, an operation nor a note is a side effect that has a grade.
UNGRADED = (OccurrenceKind.ADMISSION, OccurrenceKind.SURGERY, OccurrenceKind.NOTE)


class Grade(models.IntegerChoices):
    """Common Terminology Criteria for Adverse Events, in the words of its general definition."""

    MILD = 1, "1: mild"
    MODERATE = 2, "2: moderate"
    SEVERE = 3, "3: severe"
    LIFE_THREATENING = 4, "4: life-threatening"
    FATAL = 5, "5: fatal"


@pghistory.track()
class Occurrence(CorrectableRow):
    """An event of the illness or a note. Of a month or year, both dates hold the first day."""

    kind = models.CharField(max_length=12, choices=OccurrenceKind.choices)
    happened_on = models.DateField("happened on")
    happened_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    ended_on = models.DateField("ended on", null=True)
    ended_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    grade = models.PositiveSmallIntegerField(choices=Grade.choices, null=True)
    text = models.TextField(max_length=4000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-happened_on", "-id"], name="occurrences_newest")]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=OccurrenceKind.values), name="occurrence_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(happened_precision__in=Precision.values, ended_precision__in=Precision.values),
                name="occurrence_precision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(grade=None) | (Q(grade__in=Grade.values) & ~Q(kind__in=UNGRADED)),
                name="occurrence_grade_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | ~Q(happened_precision=Precision.DAY, ended_precision=Precision.DAY)
                | Q(ended_on__gte=F("happened_on")),
                name="occurrence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[OccurrenceKind.NOTE, OccurrenceKind.OTHER]) | ~Q(text=""),
                name="occurrence_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of patient {self.patient_id}"

    @property
    def happened(self) -> PartialDate:
        """When, as far as it is known; prints as that."""
        return PartialDate(self.happened_on, self.happened_precision)

    @property
    def ended(self) -> PartialDate | None:
        return PartialDate(self.ended_on, self.ended_precision) if self.ended_on else None
