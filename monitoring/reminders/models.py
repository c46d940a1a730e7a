"""One mail per person and day, and the lines it was made for: what is claimed before anything is sent."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Hospital, User
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.stages import Stage
from monitoring.reminders.querysets import DigestQuerySet


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
                condition=Q(claimed_by="", claimed_at=None)
                | (~Q(claimed_by="") & Q(claimed_at__isnull=False, lease_until__isnull=False)),
                name="digest_claim_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"digest {self.pk}"


class DigestLine(models.Model):
    """One thing a person is told once: an item has reached a stage, counted from this day.

    The day is part of the key: an item moved to another day is told again.
    """

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="lines")
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    counted_from = models.DateField()
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "stage", "recipient", "counted_from"],
                name="digest_line_is_told_once",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="digest_line_stage_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} in digest {self.digest_id}"
