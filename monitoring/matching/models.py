"""Which result or entry of the record closed which follow-up."""

import pghistory
from django.db import models
from django.db.models import Q

from monitoring.follow_ups.models import FollowUp
from monitoring.results.models import PetScan, Result
from patients.models import ExtentAssessment, PatientRow, Treatment


class MatchState(models.TextChoices):
    """``gone``: the result does not stand there any more. ``refused``: a person said it does not belong."""

    STANDS = "stands", "Closed it"
    GONE = "gone", "No longer stands"
    REFUSED = "refused", "Does not belong to it"


# The columns of which exactly one says what answers an item.
ANSWERS = ("result", "scan", "treatment", "extent")


def _one_of(columns: tuple[str, ...]) -> Q:
    """Exactly one of the columns is not null."""
    found = Q()
    for given in columns:
        others = {f"{column}__isnull": column != given for column in columns}
        found |= Q(**others)
    return found


@pghistory.track()
class Match(PatientRow):
    """What answers an item, alone or with others; one row for each pair, never deleted.

    It is a result, a scan, a radiation whose question was answered, or an assessment of the extent.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(Result, on_delete=models.PROTECT, null=True, related_name="+")
    scan = models.ForeignKey(PetScan, on_delete=models.PROTECT, null=True, related_name="+")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, null=True, related_name="+")
    extent = models.ForeignKey(ExtentAssessment, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=MatchState.choices, default=MatchState.STANDS)

    class Meta:
        indexes = [models.Index(fields=["patient", "state"], name="matches_of_patient")]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["follow_up", column],
                    condition=Q(**{f"{column}__isnull": False}),
                    name=f"match_of_a_{column}_is_one",
                )
                for column in ANSWERS
            ),
            models.CheckConstraint(condition=_one_of(ANSWERS), name="match_is_of_one_answer"),
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="match_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"match {self.pk} of follow-up {self.follow_up_id}"
