"""What lists and the identity strip show of a patient, kept ready so that a list of many stays one query."""

from django.db import models

from accounts.models import Hospital
from patients.models.identity import Patient
from patients.querysets import LINE_START, PatientRowQuerySet


class PatientSummary(models.Model):
    """Plain columns computed from the record; ``manage.py rebuild_summaries`` makes them anew.

    It is written only by ``patients.actions.summary``, and holds nothing that is not in the record.
    """

    patient = models.OneToOneField(
        Patient, on_delete=models.CASCADE, primary_key=True, related_name="summary"
    )
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    extent = models.CharField(
        max_length=16, blank=True, help_text="Finding of the guideline; empty: never assessed."
    )
    line_number = models.PositiveSmallIntegerField(default=0, help_text="Lines of treatment so far.")
    line_name = models.CharField(max_length=200, blank=True)
    line_started_on = models.DateField(null=True)
    # Pushed down by monitoring. The day, not the answer: what is overdue changes while nobody writes.
    overdue_from = models.DateField(
        null=True, help_text="First day on which the most pressing open follow-up is overdue."
    )
    worst_alert = models.CharField(max_length=8, blank=True, help_text="Severity of the worst open alert.")
    computed_at = models.DateTimeField()

    objects = PatientRowQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("hospital", LINE_START, "patient", name="summary_by_line_start")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(worst_alert__in=["", "info", "warning", "critical"]),
                name="summary_alert_is_known_word",
            ),
            models.CheckConstraint(
                condition=models.Q(line_number=0, line_started_on=None)
                | models.Q(line_number__gt=0, line_started_on__isnull=False),
                name="summary_line_has_a_start",
            ),
        ]

    def __str__(self) -> str:
        return f"summary of patient {self.patient_id}"
