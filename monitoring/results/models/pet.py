"""PET scans: what was avid, how much, and what was new."""

import pghistory
from django.db import models
from django.db.models import F, Func, Q

from patients.models import CorrectableRow
from patients.models.lesions import Side, Site
from patients.partial_dates import PartialDate, Precision


class Tracer(models.TextChoices):
    """Only FDG is read by the course; what another tracer shows has no published response."""

    FDG = "fdg", "FDG"
    OTHER = "other", "Another tracer"


# Uptake is also seen outside of the skeleton.
UPTAKE_SITES = [
    *Site.choices,
    ("lymph_node", "Lymph node"),
    ("spleen", "Spleen"),
    ("liver", "Liver"),
    ("soft_tissue", "Soft tissue"),
]
SITE_LABELS: dict[str, str] = dict(UPTAKE_SITES)
SIDE_LABELS: dict[str, str] = dict(Side.choices)


class IsList(Func):
    """Whether a JSON value is a list."""

    template = "jsonb_typeof(%(expressions)s) = 'array'"
    output_field = models.BooleanField()


@pghistory.track()
class PetScan(CorrectableRow):
    """One scan with its totals and, where the report names them, its lesions.

    Null is not known; zero avid lesions is a finding. ``lesions`` is a list of objects with ``site``,
    ``side``, ``suv_max`` (text of a decimal, or null), ``is_new`` (true, false, null) and ``note``: a scan is
    corrected as a whole, its history is read as a whole, and no query asks for one lesion. The totals are
    what a person confirmed, never derived in silence.
    """

    scanned_on = models.DateField("scanned on", help_text="The first day of what is known.")
    scanned_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    tracer = models.CharField(max_length=5, choices=Tracer.choices, default=Tracer.FDG)
    sum_suv_max = models.DecimalField("sum of SUVmax", max_digits=8, decimal_places=2, null=True)
    avid_lesions = models.PositiveSmallIntegerField("avid lesions", null=True)
    new_lesion = models.BooleanField("a new lesion", null=True)
    lesions = models.JSONField(default=list, blank=True)
    laboratory = models.CharField("institution", max_length=100, blank=True)
    report = models.TextField(max_length=8000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-scanned_on", "-id"], name="pet_newest")]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(condition=Q(tracer__in=Tracer.values), name="pet_tracer_is_known"),
            models.CheckConstraint(
                condition=Q(sum_suv_max=None) | Q(sum_suv_max__gte=0), name="pet_uptake_is_never_negative"
            ),
            models.CheckConstraint(
                condition=Q(avid_lesions=None) | Q(avid_lesions__lte=500), name="pet_lesions_are_countable"
            ),
            models.CheckConstraint(
                condition=~Q(avid_lesions=0, sum_suv_max__gt=0) & ~Q(avid_lesions__gt=0, sum_suv_max=0),
                name="pet_totals_agree_on_zero",
            ),
            models.CheckConstraint(
                condition=Q(scanned_precision=Precision.DAY)
                | Q(scanned_precision=Precision.MONTH, scanned_on__day=1)
                | Q(scanned_precision=Precision.YEAR, scanned_on__day=1, scanned_on__month=1),
                name="pet_date_is_first_day_known",
            ),
            models.CheckConstraint(condition=IsList(F("lesions")), name="pet_lesions_are_a_list"),
        ]

    def __str__(self) -> str:
        return f"PET scan {self.pk} of patient {self.patient_id}"

    @property
    def scanned(self) -> PartialDate:
        """When, as far as it is known; prints as that."""
        return PartialDate(self.scanned_on, self.scanned_precision)
