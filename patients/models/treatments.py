"""What the patient was given, and when."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Lower

from patients.models.base import CorrectableRow
from patients.partial_dates import PartialDate, Precision


class TreatmentKind(models.TextChoices):
    RADIATION = "radiation", "Radiation"
    SYSTEMIC = "systemic", "Systemic therapy"
    MOBILIZATION = "mobilization", "Mobilization of stem cells"
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


class Response(models.TextChoices):
    """How the disease answered, in the clinician's judgement; blank is not known."""

    RESPONDED = "responded", "Responded"
    REFRACTORY = "refractory", "Refractory"


class Support(models.TextChoices):
    ANTIPLATELET = "antiplatelet", "Thromboprophylaxis: antiplatelet drug"
    ANTICOAGULANT = "anticoagulant", "Anticoagulant"
    ENDOCRINE = "endocrine", "Endocrine replacement"
    OTHER = "other", "Other"


class Axis(models.TextChoices):
    ADRENAL = "adrenal", "Adrenal"
    THYROID = "thyroid", "Thyroid"
    GONADAL = "gonadal", "Gonadal"
    OTHER = "other", "Other axis"


def _days(end: F | Coalesce) -> Func:
    """The days of a treatment, both ends included; without an end all days from its first."""
    return Func(F("started_on"), end, Value("[]"), function="daterange", output_field=DateRangeField())


def _empty(*names: str, **others: object) -> Q:
    """Texts that are empty, and others that are as given."""
    return Q(**dict.fromkeys(names, "")) & Q(**others)


# Only days that are known can contradict each other.
_KNOWN_DAYS = Q(entered_in_error_at=None, started_precision=Precision.DAY) & (
    Q(ended_on=None) | Q(ended_precision=Precision.DAY)
)


@pghistory.track()
class Treatment(CorrectableRow):
    """One treatment with its first and last day. Radiation ends with its last fraction.

    Of a month or year, ``started_on`` is the first day; so is ``ended_on``, or the first day of the
    treatment if that lies later. ``ended_on`` null is ongoing. ``neurotoxic`` null is not known.
    """

    kind = models.CharField(max_length=16, choices=TreatmentKind.choices)
    name = models.CharField(max_length=200, help_text="Regimen or field, with the dose as given.")
    started_on = models.DateField("first day")
    started_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    ended_on = models.DateField("last day", null=True)
    ended_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    stop_reason = models.CharField("why it ended", max_length=12, choices=StopReason.choices, blank=True)
    response = models.CharField("response to it", max_length=12, choices=Response.choices, blank=True)
    continues = models.BooleanField("continues the line before", null=True)
    # Radiation
    intent = models.CharField(max_length=12, choices=RadiationIntent.choices, blank=True)
    dose_gy = models.DecimalField("dose in Gy", max_digits=5, decimal_places=2, null=True)
    fractions = models.PositiveSmallIntegerField(null=True)
    lesions_treated = models.CharField("lesions treated", max_length=500, blank=True)
    stabilized = models.BooleanField("stabilized after radiation", null=True)
    stabilized_on = models.DateField("answered on", null=True)
    # Drugs
    regimen = models.CharField(max_length=40, blank=True, help_text="Key in patients.regimens, or empty.")
    other_drugs = models.CharField("other drugs", max_length=300, blank=True)
    cycles_given = models.PositiveSmallIntegerField("cycles given", null=True)
    cycles_planned = models.PositiveSmallIntegerField("cycles planned", null=True)
    dose_notes = models.CharField("doses, conditioning", max_length=500, blank=True)
    neurotoxic = models.BooleanField("can damage nerves", null=True)
    # Stem cells
    cells_collected = models.BooleanField("stem cells collected", null=True)
    cells_10e6_kg = models.DecimalField(
        "CD34-positive cells, 10⁶/kg", max_digits=6, decimal_places=2, null=True
    )
    # Supportive
    support = models.CharField("what it is for", max_length=16, choices=Support.choices, blank=True)
    axis = models.CharField(max_length=10, choices=Axis.choices, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "started_on", "id"], name="treatments_in_order")]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=TreatmentKind.values), name="treatment_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(started_precision__in=Precision.values, ended_precision__in=Precision.values),
                name="treatment_precision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(response="") | Q(response__in=Response.values),
                name="treatment_response_is_known_word",
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
                condition=_empty(
                    "intent",
                    "lesions_treated",
                    dose_gy=None,
                    fractions=None,
                    stabilized=None,
                    stabilized_on=None,
                )
                | Q(kind="radiation"),
                name="treatment_stability_is_about_radiation",
            ),
            models.CheckConstraint(
                condition=Q(stabilized_on=None) | Q(stabilized__isnull=False),
                name="treatment_answer_date_needs_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(stabilized=True)
                | Q(stabilized_on=None)
                | Q(ended_on=None)
                | Q(stabilized_on__gte=F("ended_on")),
                name="treatment_stable_after_last_fraction",
            ),
            models.CheckConstraint(
                condition=(Q(dose_gy=None) | Q(dose_gy__gt=0)) & (Q(fractions=None) | Q(fractions__gt=0)),
                name="treatment_dose_is_more_than_nothing",
            ),
            models.CheckConstraint(
                condition=_empty("regimen", "other_drugs") | Q(kind="systemic"),
                name="treatment_regimen_is_systemic",
            ),
            models.CheckConstraint(
                condition=Q(cells_collected=None, cells_10e6_kg=None) | Q(kind__in=["mobilization", "asct"]),
                name="treatment_cells_are_stem_cells",
            ),
            models.CheckConstraint(
                condition=_empty("support", "axis")
                | (Q(kind="supportive") & (Q(axis="") | Q(support=Support.ENDOCRINE))),
                name="treatment_support_is_supportive",
            ),
            ExclusionConstraint(
                name="treatment_of_one_name_does_not_overlap",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Lower("name"), RangeOperators.EQUAL),
                    (_days(F("ended_on")), RangeOperators.OVERLAPS),
                ],
                condition=_KNOWN_DAYS,
            ),
            ExclusionConstraint(
                name="treatment_transplants_do_not_overlap",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    (_days(Coalesce("ended_on", "started_on")), RangeOperators.OVERLAPS),
                ],
                condition=_KNOWN_DAYS & Q(kind="asct"),
            ),
        ]

    def __str__(self) -> str:
        return f"treatment {self.pk} of patient {self.patient_id}"

    @property
    def started(self) -> PartialDate:
        """The first day as far as it is known; prints as that."""
        return PartialDate(self.started_on, self.started_precision)

    @property
    def ended(self) -> PartialDate | None:
        """The last day as far as it is known, None while it goes on."""
        return PartialDate(self.ended_on, self.ended_precision) if self.ended_on else None
