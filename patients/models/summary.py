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
    overdue_title = models.CharField(max_length=200, blank=True, help_text="What that follow-up is.")
    # Of the alerts that ask for attention: how many; of the worst its severity, the guideline's id and the
    # first day on which it was true.
    worst_alert = models.CharField(max_length=8, blank=True, help_text="Severity of the worst open alert.")
    alert_count = models.PositiveSmallIntegerField(default=0)
    alert_rule = models.CharField(max_length=64, blank=True)
    alert_since = models.DateField(null=True)
    alert_urgency = models.PositiveSmallIntegerField(
        null=True, help_text="Place among patients who wait, 0 before all others; null: nothing asks."
    )
    # The hospital's day and the moment of the last reading of the course.
    alerts_read_on = models.DateField(null=True)
    alerts_read_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField()

    objects = PatientRowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("hospital", LINE_START, "patient", name="summary_by_line_start"),
            models.Index(
                fields=["hospital", "alert_urgency", "alert_since", "patient"],
                condition=models.Q(alert_urgency__isnull=False) | models.Q(overdue_from__isnull=False),
                name="summary_of_those_who_wait",
            ),
            models.Index(fields=["hospital", "alerts_read_on", "patient"], name="summary_by_reading"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(worst_alert__in=["", "info", "warning", "critical"]),
                name="summary_alert_is_known_word",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    worst_alert="", alert_count=0, alert_rule="", alert_since=None, alert_urgency=None
                )
                | (
                    ~models.Q(worst_alert="")
                    & ~models.Q(alert_rule="")
                    & models.Q(alert_count__gt=0, alert_since__isnull=False, alert_urgency__isnull=False)
                ),
                name="summary_alert_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(line_number=0, line_started_on=None)
                | models.Q(line_number__gt=0, line_started_on__isnull=False),
                name="summary_line_has_a_start",
            ),
        ]

    def __str__(self) -> str:
        return f"summary of patient {self.patient_id}"
