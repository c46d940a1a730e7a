"""What a course gives reason to point out: a row per patient and rule while it lasts, and its steps."""

import uuid
from datetime import timedelta

import pghistory
from django.db import models
from django.db.models import DateField, ExpressionWrapper, F, Q, Value

from accounts.models import Hospital, User
from guideline.course.reading import SEVERITIES
from monitoring.alerts.querysets import AlertQuerySet, MarkQuerySet
from patients.models import Patient

# How long an acknowledgement may silence an alert of a severity.
LONGEST_REVIEW = {
    "critical": timedelta(days=14),
    "warning": timedelta(days=90),
    "info": timedelta(days=90),
}


class Reason(models.TextChoices):
    """Why somebody who saw an alert lets it rest."""

    ACTED = "acted", "Already acted on"
    EXPECTED = "expected", "Expected in this situation"
    DOUBTFUL = "doubtful", "The value is doubtful"
    NOT_RELEVANT = "not_relevant", "Does not apply to this patient"
    OTHER = "other", "Another reason"


# Reasons that say the alert was wrong here: what the statistics call overridden.
OVERRIDES = (Reason.DOUBTFUL, Reason.NOT_RELEVANT)


class NextStep(models.TextChoices):
    FOLLOW_UP = "follow_up", "An examination is planned"
    PLAN = "plan", "A treatment plan is begun or continued"
    NOTE = "note", "A note in the record says what is done"


class Ending(models.TextChoices):
    """Why an alert is no longer open."""

    NOT_TRUE = "not_true", "No longer true"
    CLOSED = "closed", "The follow-up was closed with a reason"
    FOLLOW_UP = "follow_up", "A follow-up asks for it now"
    CARE_ENDED = "care_ended", "The patient is no longer in care here"


class Happening(models.TextChoices):
    """One step in the life of an alert."""

    RAISED = "raised", "Raised"
    MORE_SEVERE = "more_severe", "Became more severe"
    LESS_SEVERE = "less_severe", "Became less severe"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    RETURNED = "returned", "Returned"
    HANDED_OVER = "handed_over", "Handed over"
    RESOLVED = "resolved", "Resolved"


class Return(models.TextChoices):
    """Why an acknowledged alert asks again."""

    NEW_DATA = "new_data", "New values"
    RAISED = "raised", "More severe than when it was acknowledged"
    REVIEW = "review", "The day to look again has come"


def _at_most(days: timedelta) -> Q:
    last = ExpressionWrapper(F("acknowledged_on") + Value(days.days), output_field=DateField())
    return Q(review_on__lte=last)


_QUIET = Q(
    acknowledged_at=None,
    acknowledged_by=None,
    acknowledged_on=None,
    acknowledged_severity="",
    reason="",
    note="",
    review_on=None,
    next_step="",
    next_step_id=None,
)


@pghistory.track()
class Alert(models.Model):
    """An alert of the guideline's reading of a course, as it was last shown. ``rule`` is the guideline's id.

    ``text`` and ``why`` (rule in words, thresholds, sources, facts) are kept as they were read, with the
    version of the content, so that what was acknowledged stays readable; a later reading replaces them while
    the alert is open. ``fingerprint`` differs when another value stands behind it: then an acknowledgement
    lapses. No person raises it, so there is no ``recorded_by``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=64)
    absence = models.BooleanField()
    severity = models.CharField(max_length=8)
    since = models.DateField(help_text="First day on which it was true, given its values.")
    text = models.TextField()
    why = models.JSONField()
    content_version = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    # The acknowledgement in force; empty when it asks for attention.
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField(null=True)
    acknowledged_severity = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    review_on = models.DateField(null=True)
    next_step = models.CharField(max_length=12, choices=NextStep.choices, blank=True)
    # The follow-up or draft; no foreign key, for plans stand above.
    next_step_id = models.UUIDField(null=True)
    # Who looks after it instead of the patient's team.
    handed_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = AlertQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["patient", "opened_at"], name="alerts_of_patient"),
            models.Index(fields=["hospital", "rule"], name="alerts_by_rule"),
            models.Index(
                fields=["hospital"],
                condition=Q(resolved_at=None, acknowledged_at=None),
                name="alerts_that_ask",
            ),
            models.Index(
                fields=["handed_to"],
                condition=Q(handed_to__isnull=False, resolved_at=None),
                name="alerts_handed_over",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "rule"], condition=Q(resolved_at=None), name="alert_is_open_once"
            ),
            models.CheckConstraint(condition=Q(severity__in=SEVERITIES), name="alert_severity_is_known"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, ending="")
                | Q(resolved_at__isnull=False, ending__in=Ending.values),
                name="alert_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=_QUIET
                | (
                    Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False)
                    & Q(reason__in=Reason.values, review_on__gt=F("acknowledged_on"))
                    & (~Q(reason="other") | ~Q(note=""))
                ),
                name="alert_acknowledgement_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(absence=False) | Q(acknowledged_at=None), name="alert_of_absence_stays"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_severity="")
                | (Q(acknowledged_severity="critical") & _at_most(LONGEST_REVIEW["critical"]))
                | (Q(acknowledged_severity__in=["warning", "info"]) & _at_most(LONGEST_REVIEW["warning"])),
                name="alert_is_looked_at_again",
            ),
            models.CheckConstraint(
                condition=~Q(acknowledged_severity="critical") | Q(next_step__in=NextStep.values),
                name="alert_critical_has_a_next_step",
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk} of patient {self.patient_id}"


class AlertStep(models.Model):
    """One thing that happened to an alert; rows can only be added. ``done_by`` null: the reading did it."""

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps")
    rule = models.CharField(max_length=64)
    happening = models.CharField(max_length=12, choices=Happening.choices)
    severity = models.CharField(max_length=8)
    at = models.DateTimeField()
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=12, blank=True, help_text="Of Reason, Return or Ending.")
    note = models.CharField(max_length=500, blank=True)
    review_on = models.DateField(null=True)
    next_step = models.CharField(max_length=12, choices=NextStep.choices, blank=True)
    handed_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    submission = models.UUIDField(unique=True, null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["alert", "id"], name="alert_steps_in_order"),
            models.Index(fields=["hospital", "rule", "happening"], name="alert_steps_by_rule"),
        ]
        constraints = [
            # Lets what tells of a step be bound to the step's hospital.
            models.UniqueConstraint(fields=["id", "hospital"], name="alert_step_and_hospital_is_a_pair"),
            models.CheckConstraint(condition=Q(happening__in=Happening.values), name="alert_step_is_known"),
            models.CheckConstraint(
                condition=Q(happening__in=["acknowledged", "handed_over"], done_by__isnull=False)
                | (~Q(happening__in=["acknowledged", "handed_over"]) & Q(done_by=None)),
                name="alert_step_names_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happening} of alert {self.alert_id}"


class Mark(models.Model):
    """A patient's course has changed and is to be read again.

    Written by triggers in the transaction of the change (migration 0002), whoever makes it; a lost queue
    loses nothing. Each change adds a row and none is updated, so that nobody waits for a reading.
    """

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    objects = MarkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mark of patient {self.patient_id}"
