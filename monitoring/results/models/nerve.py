"""Neurologic assessments: what was asked and examined on one day, by whom."""

import pghistory
from django.db import models

from patients.models import PatientRow


@pghistory.track()
class NerveAssessment(PatientRow):
    """One visit's nerve kit in one row; its values are ``Result`` rows that point here.

    ``answers`` holds what was answered, by the keys of the guideline's instruments, and nothing for what was
    not asked: a table of sixty nullable columns would need a migration whenever an instrument gains an item,
    and no query asks for a single answer. What is compared over time are the results, written and corrected
    in the same transaction, so a timeline, a list or an import never reads this table.
    """

    assessed_on = models.DateField("assessed on")
    examiner = models.CharField(max_length=100, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    answers = models.JSONField(default=dict)
    entered_in_error = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    submission = models.UUIDField()

    class Meta:
        verbose_name = "neurologic assessment"
        indexes = [models.Index(fields=["patient", "-assessed_on", "-id"], name="nerve_newest")]
        constraints = [
            models.UniqueConstraint(fields=["patient", "submission"], name="nerve_is_submitted_once"),
        ]

    def __str__(self) -> str:
        return f"neurologic assessment {self.pk} of patient {self.patient_id}"
