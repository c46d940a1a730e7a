"""Examinations to come, and what became of each."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.models import Hospital, User
from monitoring.follow_ups.querysets import FollowUpQuerySet
from patients.models import PatientRow


class State(models.TextChoices):
    """What became of an item. Only a planned one is ever due, and only it is reminded of."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    CLOSED = "closed", "Closed"
    NOT_EXPECTED = "not_expected", "Not expected"
    CANCELLED = "cancelled", "Cancelled"


class Reason(models.TextChoices):
    """Why an item was closed although nobody here did it."""

    DONE_ELSEWHERE = "done_elsewhere", "Done elsewhere"
    DECLINED = "declined", "Declined by the patient"
    NOT_INDICATED = "not_indicated", "Not indicated"
    TOO_ILL = "too_ill", "Too ill"
    LOST_TO_FOLLOW_UP = "lost_to_follow_up", "Lost to follow-up"
    DIED = "died", "Died"
    TRANSFERRED = "transferred", "Transferred"


class Cause(models.TextChoices):
    """What brought a step about where it was not a person's decision about this one item."""

    RESULT = "result", "A result or entry that belongs to it"
    RESULT_GONE = "result_gone", "What closed it no longer stands"
    NOT_ITS_RESULT = "not_its_result", "A person said that it was another examination"
    ANCHOR = "anchor", "The event it is counted from moved"


@pghistory.track()
class FollowUp(PatientRow):
    """One examination with its window, who answers for it, and its present state.

    The state and the dates repeat the newest FollowUpStatus, so that what is due can be asked of one index;
    both are written only by ``actions.follow_ups``, in one transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    anchor = models.CharField(max_length=32, blank=True)
    anchored_on = models.DateField()
    earliest = models.DateField()
    due = models.DateField()
    latest = models.DateField()
    overdue_at_once = models.BooleanField(default=False)
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Who is told next of this item; without one the deputy of the patient's team.
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # The plan that asked for it and the place in that plan's list; no foreign key, plans stand above. What
    # was added by hand is a list of its own and counts from no event: its ``anchor`` is empty.
    origin = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1)

    objects = FollowUpQuerySet.as_manager()  # type: ignore[misc] # the base's questions and more

    class Meta:
        indexes = [
            models.Index(fields=["patient", "due"], name="follow_ups_of_patient"),
            models.Index(
                fields=["hospital", "due"], condition=Q(state="planned"), name="follow_ups_still_open"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["origin", "position"], name="follow_up_is_once_in_its_plan"),
            # Lets rows of an item be bound to the item's hospital.
            models.UniqueConstraint(fields=["id", "hospital"], name="follow_up_and_hospital_is_a_pair"),
            models.CheckConstraint(
                condition=Q(earliest__lte=F("due")) & Q(due__lte=F("latest")),
                name="follow_up_is_due_in_its_window",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="follow_up_state_is_known"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(title=""), name="follow_up_has_words"),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("responsible")), name="follow_up_deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.pk} of patient {self.patient_id}"


class FollowUpStatus(PatientRow):
    """One step in an item's life: planned, moved, done, closed. The application can only add rows.

    ``happened_on`` is the day the examination was done; the three dates are the window in force from here on.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    cause = models.CharField(max_length=16, choices=Cause.choices, blank=True)
    happened_on = models.DateField(null=True)
    earliest = models.DateField()
    due = models.DateField()
    latest = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    submission = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["follow_up", "id"], name="follow_up_steps_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="closed") & Q(reason__in=Reason.values))
                | (~Q(state="closed") & Q(reason="")),
                name="follow_up_closed_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="follow_up_step_is_known"),
            models.CheckConstraint(
                condition=Q(cause="") | Q(cause__in=Cause.values), name="follow_up_cause_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(happened_on__isnull=False), name="follow_up_done_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(earliest__lte=F("due")) & Q(due__lte=F("latest")),
                name="follow_up_step_is_due_in_its_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} of follow-up {self.follow_up_id}"


class CalendarFeed(models.Model):
    """A person's follow-ups as a calendar at a secret address, of which only a hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "hospital"], condition=Q(closed_at=None), name="calendar_feed_is_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="calendar_feed_closed_is_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"
