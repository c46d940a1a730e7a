"""Whether this hospital still cares for a patient, and how that ended."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from patients.partial_dates import PartialDate, Precision


class Care(models.TextChoices):
    """Whoever is not in care stays readable and raises nothing. The transferred are another hospital's."""

    IN_CARE = "in_care", "In care"
    DECEASED = "deceased", "Deceased"
    MERGED = "merged", "Merged into another record"


class CareColumns(models.Model):
    """The status of care on a Patient; written only by ``patients.actions.care``."""

    care = models.CharField(max_length=8, choices=Care.choices, default=Care.IN_CARE)
    care_ended_at = models.DateTimeField(null=True)
    care_ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # The first day of what is known, as with birth dates; null: the day of death is not known.
    died_on = models.DateField("day of death", null=True)
    died_precision = models.CharField(
        "known of the day of death", max_length=5, choices=Precision.choices, blank=True
    )
    cause_of_death = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_in_care(self) -> bool:
        return self.care == Care.IN_CARE

    @property
    def closed_as(self) -> str:
        """Why the record is closed, in a word; "" while it is not."""
        return {Care.DECEASED: "died", Care.MERGED: "merged"}.get(Care(self.care), "")

    @property
    def died(self) -> PartialDate | None:
        """The day of death as far as it is known; None when it is not, and while it has not come."""
        return PartialDate(self.died_on, self.died_precision) if self.died_on else None


_ENDED = Q(care_ended_at__isnull=False, care_ended_by__isnull=False)
_NO_DEATH = Q(died_on=None, died_precision="", cause_of_death="")

CARE_CONSTRAINTS = [
    models.CheckConstraint(
        condition=(Q(care="in_care", care_ended_at=None, care_ended_by=None, merged_into=None) & _NO_DEATH)
        | (Q(care="deceased", merged_into=None) & _ENDED)
        | (Q(care="merged", merged_into__isnull=False) & _NO_DEATH & _ENDED),
        name="patient_care_is_whole",
    ),
    models.CheckConstraint(
        condition=Q(died_on=None, died_precision="")
        | Q(died_on__isnull=False, died_precision=Precision.DAY)
        | Q(died_on__isnull=False, died_on__day=1, died_precision=Precision.MONTH)
        | Q(died_on__isnull=False, died_on__day=1, died_on__month=1, died_precision=Precision.YEAR),
        name="patient_death_is_as_known",
    ),
    models.CheckConstraint(
        condition=~Q(merged_into=models.F("id")), name="patient_is_not_merged_into_itself"
    ),
]
