"""One mail per person and day, and the lines it was made for: what is claimed before anything is sent."""

import uuid
from datetime import timedelta

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.models import Hospital, User
from monitoring.alerts.models import AlertStep
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.stages import Stage
from monitoring.reminders.querysets import DigestQuerySet

LONGEST_PAUSE = timedelta(days=30)


class Part(models.TextChoices):
    """What writes down that it worked."""

    SWEEP = "sweep", "Somebody looked for what is due"
    BEAT = "beat", "A worker did so because beat asked"
    SENDER = "sender", "A worker sent a batch"
    WARNING = "warning", "The admins were told of a standstill"


class Digest(models.Model):
    """The one mail to a person on a day of the hospital. It holds no text: that is made when it is sent.

    ``claimed_by`` is set while a mail may be under way; ``lease_until`` is the moment before which nobody
    else touches the row. ``message_id`` never changes, so a repeated mail is recognisable as the same.
    It ends in one of three ways: sent, closed unsent, or refused by the server for good (``refusal`` is its
    code), which frees the lines for the next day's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    local_date = models.DateField()
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    closed_unsent_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.PositiveSmallIntegerField(null=True)
    # The mail bounced, or the server refused the address; forgiven once an admin trusts the address again.
    came_back_at = models.DateTimeField(null=True)
    forgiven_at = models.DateTimeField(null=True)
    sent_again_at = models.DateTimeField(null=True)
    sent_again_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DigestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["hospital", "lease_until"],
                condition=Q(sent_at=None, closed_unsent_at=None, refused_at=None),
                name="digests_still_open",
            ),
            models.Index(
                fields=["hospital", "local_date"],
                condition=Q(refused_at__isnull=False),
                name="digests_refused",
            ),
            models.Index(
                fields=["hospital", "recipient"],
                condition=Q(came_back_at__isnull=False, forgiven_at=None),
                name="digests_that_came_back",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["hospital", "recipient", "local_date"], name="digest_is_one_per_person_and_day"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, closed_unsent_at=None)
                | Q(sent_at=None, refused_at=None)
                | Q(closed_unsent_at=None, refused_at=None),
                name="digest_has_one_end",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refusal=None) | Q(refused_at__isnull=False),
                name="digest_refusal_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(sent_again_at=None, sent_again_by=None)
                | Q(sent_again_at__isnull=False, sent_again_by__isnull=False),
                name="digest_sent_again_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by="", claimed_at=None)
                | (~Q(claimed_by="") & Q(claimed_at__isnull=False, lease_until__isnull=False)),
                name="digest_claim_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"digest {self.pk}"


class DigestLine(models.Model):
    """One thing a person is told once: a follow-up or an alert has reached a stage, counted from this day.

    The day is part of a follow-up's key: one moved to another day is told again. An alert's key is the step
    by which it asks: one that comes back the same day is told again.

    A sweep writes thousands at once, so nothing is checked or indexed twice: the keys to the pair of item (or
    step) and hospital, in the migrations, hold for item and hospital; the unique keys are their index.
    """

    hospital = models.ForeignKey(
        Hospital, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="lines")
    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    alert_step = models.ForeignKey(
        AlertStep, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    stage = models.CharField(max_length=16, choices=Stage.choices)
    counted_from = models.DateField()
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "stage", "recipient", "counted_from"],
                name="digest_line_is_told_once",
            ),
            models.UniqueConstraint(
                fields=["alert_step", "stage", "recipient"], name="digest_line_of_alert_is_told_once"
            ),
            models.CheckConstraint(
                condition=Q(follow_up=None, alert_step__isnull=False)
                | Q(follow_up__isnull=False, alert_step=None),
                name="digest_line_is_of_an_item_or_an_alert",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="digest_line_stage_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} in digest {self.digest_id}"


class Attempt(models.Model):
    """One try to hand a digest to the mail server: when, by which worker, with which outcome; no content."""

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=16)
    code = models.PositiveSmallIntegerField(null=True)
    worker = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["digest", "at"], name="attempts_of_digest")]

    def __str__(self) -> str:
        return f"{self.outcome} of digest {self.digest_id}"


@pghistory.track()
class Pause(models.Model):
    """From ``first_on`` to ``last_on``, at most 30 days, somebody's reminders go to their ``cover``.

    There is no pause without an end and none without somebody who stands in.
    """

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hospital", "user"], condition=Q(ended_at=None), name="pause_is_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on"), last_on__lte=F("first_on") + LONGEST_PAUSE),
                name="pause_lasts_thirty_days_at_most",
            ),
            models.CheckConstraint(condition=~Q(cover=F("user")), name="pause_has_another_as_cover"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="pause_ended_is_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk} of {self.user_id}"


class Pulse(models.Model):
    """When a part of the machinery last did its work; one row a part, of the whole installation."""

    part = models.CharField(max_length=16, unique=True, choices=Part.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(part__in=Part.values), name="pulse_part_is_known")]

    def __str__(self) -> str:
        return f"{self.part} at {self.at}"


class SendingMinute(models.Model):
    """How many mails were taken to be sent in a minute, by every worker together (the rate limit)."""

    minute = models.DateTimeField(unique=True)
    mails = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.mails} in {self.minute}"
