"""Results as a laboratory reported them."""

import pghistory
from django.db import models
from django.db.models import F, Q

from monitoring.results.querysets import ResultQuerySet
from patients.models import PatientRow


class Specimen(models.TextChoices):
    PLASMA = "plasma", "Plasma"
    SERUM = "serum", "Serum"
    WHOLE_BLOOD = "whole_blood", "Whole blood"
    URINE = "urine", "Urine"
    BONE_MARROW = "bone_marrow", "Bone marrow"
    UNKNOWN = "unknown", "Not known"


class Comparator(models.TextChoices):
    """What stands before a number that is a bound; an exact number has none."""

    BELOW = "<", "<"
    AT_MOST = "<=", "≤"
    ABOVE = ">", ">"
    AT_LEAST = ">=", "≥"


class State(models.TextChoices):
    FINAL = "final", "Final"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


@pghistory.track()
class Result(PatientRow):
    """One value with its unit, specimen, laboratory, method and the limits that were printed beside it.

    ``value`` is what the report says, in the reported ``unit`` (UCUM; "" where the analyte has none);
    nothing is converted before it is stored. ``unable``: the patient could not do the test and there is no
    number.
    A correction changes the row and counts ``version`` up; the history table keeps what stood before.
    """

    analyte = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    comparator = models.CharField(max_length=2, choices=Comparator.choices, blank=True)
    unable = models.BooleanField(default=False)
    unit = models.CharField(max_length=20, blank=True)
    # Blank where the analyte is no laboratory value (lung function, echocardiography).
    specimen = models.CharField(max_length=12, choices=Specimen.choices, blank=True)
    laboratory = models.CharField(max_length=100, blank=True)
    method = models.CharField(max_length=100, blank=True)
    lower_limit = models.DecimalField("lower limit", max_digits=18, decimal_places=6, null=True)
    upper_limit = models.DecimalField("upper limit", max_digits=18, decimal_places=6, null=True)
    collected_on = models.DateField("collected on")
    collected_at_time = models.TimeField("time of collection", null=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.FINAL)
    # The neurologic assessment this value was computed from or typed into; corrected there, not here.
    assessment = models.ForeignKey(
        "results.NerveAssessment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    submission = models.UUIDField()
    position = models.PositiveSmallIntegerField("place in its form", default=0)

    objects = ResultQuerySet.as_manager()  # type: ignore[misc] # the stubs take a narrower manager for a clash

    class Meta:
        indexes = [
            models.Index(fields=["patient", "analyte", "collected_on", "id"], name="results_of_an_analyte"),
            models.Index(fields=["patient", "-collected_on", "-id"], name="results_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "submission", "position"], name="result_is_submitted_once"
            ),
            models.CheckConstraint(
                condition=Q(comparator="") | Q(comparator__in=Comparator.values),
                name="result_comparator_is_known",
            ),
            models.CheckConstraint(
                condition=Q(specimen="") | Q(specimen__in=Specimen.values), name="result_specimen_is_known"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="result_state_is_known"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, unable=False) | Q(value=None, unable=True, comparator=""),
                name="result_is_a_number_or_unable",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0), name="result_is_never_negative"
            ),
            models.CheckConstraint(
                condition=(Q(lower_limit=None) | Q(lower_limit__gte=0))
                & (Q(upper_limit=None) | Q(upper_limit__gte=0)),
                name="result_limits_are_never_negative",
            ),
            models.CheckConstraint(
                condition=Q(lower_limit=None) | Q(upper_limit=None) | Q(lower_limit__lte=F("upper_limit")),
                name="result_limits_are_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"result {self.pk} of patient {self.patient_id}"
