"""What the patient was given, and when."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from patients.models.base import PatientRow


class TreatmentKind(models.TextChoices):
    RADIATION = "radiation", "Radiation"
    SYSTEMIC = "systemic", "Systemic therapy"
    ASCT = "asct", "Autologous stem-cell transplantation"
    ANTI_VEGF = "anti_vegf", "Anti-VEGF antibody"
    IMMUNOGLOBULIN = "ivig", "Intravenous immunoglobulin"
    PLASMA_EXCHANGE = "plasma_exchange", "Plasma exchange"
    SUPPORTIVE = "supportive", "Supportive"


class StopReason(models.TextChoices):
    COMPLETED = "completed", "Completed"
    TOXICITY = "toxicity", "Toxicity"
    PROGRESSION = "progression", "Progression"
    WISH = "wish", "Patient's wish"
    OTHER = "other", "Other"


class RadiationIntent(models.TextChoices):
    DEFINITIVE = "definitive", "Definitive"
    ADJUNCT = "adjunct", "Adjunct to systemic therapy"


@pghistory.track()
class Treatment(PatientRow):
    """One treatment with its first and last day. Radiation ends with its last fraction."""

    kind = models.CharField(max_length=16, choices=TreatmentKind.choices)
    name = models.CharField(max_length=200, help_text="Regimen or field, with the dose as given.")
    started_on = models.DateField("first day")
    ended_on = models.DateField("last day", null=True)
    stop_reason = models.CharField(max_length=12, choices=StopReason.choices, blank=True)
    intent = models.CharField(max_length=12, choices=RadiationIntent.choices, blank=True)
    stabilized = models.BooleanField("stabilized after radiation", null=True)
    stabilized_on = models.DateField("answered on", null=True)
    continues = models.BooleanField("continues the line before", null=True)
    neurotoxic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    submission = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "started_on", "id"], name="treatments_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TreatmentKind.values), name="treatment_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="treatment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(stop_reason="") | Q(ended_on__isnull=False),
                name="treatment_stop_reason_needs_an_end",
            ),
            models.CheckConstraint(
                condition=(Q(intent="") & Q(stabilized=None) & Q(stabilized_on=None)) | Q(kind="radiation"),
                name="treatment_stability_is_about_radiation",
            ),
            models.CheckConstraint(
                condition=Q(stabilized_on=None) | Q(stabilized__isnull=False),
                name="treatment_answer_date_needs_an_answer",
            ),
            ExclusionConstraint(
                name="treatment_of_one_name_does_not_overlap",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_on"),
                            F("ended_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"treatment {self.pk} of patient {self.patient_id}"
