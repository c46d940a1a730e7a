"""Results as a laboratory reported them."""

import pghistory
import pgtrigger
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
    CSF = "csf", "Cerebrospinal fluid"
    UNKNOWN = "unknown", "Not known"


class Comparator(models.TextChoices):
    """What stands before a number that is a bound; an exact number has none."""

    BELOW = "<", "<"
    AT_MOST = "<=", "≤"
    ABOVE = ">", ">"
    AT_LEAST = ">=", "≥"


class State(models.TextChoices):
    """How far a result stands. ``corrected``: the laboratory sent another value after this one was final."""

    PRELIMINARY = "preliminary", "Preliminary"
    FINAL = "final", "Final"
    CORRECTED = "corrected", "Corrected by the laboratory"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


class Precision(models.TextChoices):
    """How exactly the time of collection is known; ``minute`` or finer has a time of day."""

    YEAR = "year", "Only the year"
    MONTH = "month", "Only the month"
    DAY = "day", "The day"
    MINUTE = "minute", "Day and time"


class Source(models.TextChoices):
    ENTERED = "entered", "Entered by hand"
    IMPORT = "import", "Imported from a file"


STANDING = (State.FINAL, State.CORRECTED)
# What was final never becomes preliminary again, and what was corrected stays marked as corrected. A mark as
# entered in error may itself be an error and can be taken back to what stood before.
MOVES = (
    (State.PRELIMINARY, State.FINAL),
    (State.PRELIMINARY, State.CORRECTED),
    (State.PRELIMINARY, State.ENTERED_IN_ERROR),
    (State.FINAL, State.CORRECTED),
    (State.FINAL, State.ENTERED_IN_ERROR),
    (State.CORRECTED, State.ENTERED_IN_ERROR),
    (State.ENTERED_IN_ERROR, State.PRELIMINARY),
    (State.ENTERED_IN_ERROR, State.FINAL),
    (State.ENTERED_IN_ERROR, State.CORRECTED),
)
# Not pgtrigger's own FSM: this one is refused as a broken constraint with a name, like every other rule.
STATE_MOVES_FORWARD = pgtrigger.Trigger(
    name="state_moves_forward",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("state"),
    condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
    func=f"""
        IF NOT ((OLD.state, NEW.state) IN ({", ".join(f"('{old}', '{new}')" for old, new in MOVES)})) THEN
            RAISE EXCEPTION 'result % is % and cannot become %', OLD.id, OLD.state, NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'result_state_moves_forward';
        END IF;
        RETURN NEW;
    """,
)


@pghistory.track()
class Result(PatientRow):
    """One value with its unit, specimen, laboratory, method and the limits that were printed beside it.

    ``value`` is what the report says, in the reported ``unit`` (UCUM; "" where the analyte has none);
    nothing is converted before it is stored. Instead of a number there may be a ``text`` (the type of a
    protein, *clumped*), or ``unable``: the patient could not do the test, the specimen could not be
    measured; ``text`` then may say why.

    ``collected_on`` is the day of collection where the hospital stands, the first day of what is known where
    ``collected_precision`` is a month or a year. ``collected_at_time`` is the local time as it was reported,
    ``collected_at`` the same as an instant, so that an hour that comes twice in autumn has an order.
    ``recorded_at`` is when somebody entered it here, and plays no part in the course.

    A correction changes the row and counts ``version`` up; the history table keeps what stood before.
    """

    analyte = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    comparator = models.CharField(max_length=2, choices=Comparator.choices, blank=True)
    text = models.CharField("answer in words", max_length=200, blank=True)
    unable = models.BooleanField("could not be measured", default=False)
    unit = models.CharField(max_length=20, blank=True)
    # Blank where the analyte is no laboratory value (lung function, echocardiography).
    specimen = models.CharField(max_length=12, choices=Specimen.choices, blank=True)
    laboratory = models.CharField(max_length=100, blank=True)
    method = models.CharField(max_length=100, blank=True)
    lower_limit = models.DecimalField("lower limit", max_digits=18, decimal_places=6, null=True)
    upper_limit = models.DecimalField("upper limit", max_digits=18, decimal_places=6, null=True)
    collected_on = models.DateField("collected on")
    collected_precision = models.CharField(
        "time known to", max_length=6, choices=Precision.choices, default=Precision.DAY
    )
    collected_at_time = models.TimeField("time of collection", null=True)
    collected_at = models.DateTimeField("moment of collection", null=True)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.ENTERED)
    source_id = models.CharField("number at its source", max_length=100, blank=True)
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
        triggers = [STATE_MOVES_FORWARD]
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
                condition=Q(value__isnull=False, unable=False, text="")
                | (Q(value=None, unable=False, comparator="") & ~Q(text=""))
                | Q(value=None, unable=True, comparator=""),
                name="result_is_a_number_a_text_or_unable",
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="result_source_is_known"),
            models.CheckConstraint(
                condition=Q(collected_precision="minute", collected_at__isnull=False)
                & Q(collected_at_time__isnull=False)
                | Q(collected_precision__in=["year", "month", "day"], collected_at=None)
                & Q(collected_at_time=None),
                name="result_time_is_as_precise_as_known",
            ),
            models.CheckConstraint(
                condition=~Q(collected_precision="month") | Q(collected_on__day=1),
                name="result_month_begins_on_its_first",
            ),
            models.CheckConstraint(
                condition=~Q(collected_precision="year") | Q(collected_on__day=1, collected_on__month=1),
                name="result_year_begins_on_its_first",
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
