"""Which result closed which follow-up."""

import pghistory
from django.db import models
from django.db.models import Q

from monitoring.follow_ups.models import FollowUp
from monitoring.results.models import PetScan, Result
from patients.models import PatientRow


class MatchState(models.TextChoices):
    """``gone``: the result does not stand there any more. ``refused``: a person said it does not belong."""

    STANDS = "stands", "Closed it"
    GONE = "gone", "No longer stands"
    REFUSED = "refused", "Does not belong to it"


@pghistory.track()
class Match(PatientRow):
    """A result or a scan that answers an item, alone or with others; one row for each pair, never deleted."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(Result, on_delete=models.PROTECT, null=True, related_name="+")
    scan = models.ForeignKey(PetScan, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=MatchState.choices, default=MatchState.STANDS)

    class Meta:
        indexes = [models.Index(fields=["patient", "state"], name="matches_of_patient")]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "result"], condition=Q(scan=None), name="match_of_a_result_is_one"
            ),
            models.UniqueConstraint(
                fields=["follow_up", "scan"], condition=Q(result=None), name="match_of_a_scan_is_one"
            ),
            models.CheckConstraint(
                condition=Q(result=None, scan__isnull=False) | Q(result__isnull=False, scan=None),
                name="match_is_of_a_result_or_a_scan",
            ),
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="match_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"match {self.pk} of follow-up {self.follow_up_id}"
