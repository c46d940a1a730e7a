"""The access trail, and the chain that seals it (docs/access-trail.md)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Hospital, User
from accounts.trail.kinds import AccessKind, ActorKind


class AccessEvent(models.Model):
    """Somebody or something did this. The application can add rows and nothing else; nobody can change one.

    Opaque ids only: no name, no text that was searched, no address with arguments. ``patient_id`` is no
    foreign key, since the trail lies below the patients and also holds ids that were asked for in vain.
    """

    at = models.DateTimeField()
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+", null=True)
    actor_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="Who acts; of a failed sign-in, whose account it was tried with.",
    )
    actor_name = models.CharField(max_length=100, blank=True, help_text="Of a job or a command.")
    kind = models.CharField(max_length=16, choices=AccessKind.choices)
    patient_id = models.UUIDField(null=True)
    address = models.CharField(max_length=100, blank=True, help_text="Name of the page, never its text.")
    status = models.PositiveSmallIntegerField(null=True, help_text="How the house answered, as in HTTP.")
    shown = models.PositiveIntegerField(null=True, help_text="How many patients or rows a list showed.")
    request_id = models.UUIDField(null=True, help_text="The same in the log and in the history's context.")
    grant_id = models.UUIDField(null=True, help_text="The emergency access under which it was done.")
    from_ip = models.GenericIPAddressField(null=True, help_text="Of what happens at the door.")

    class Meta:
        indexes = [
            models.Index(fields=["hospital", "-at", "-id"], name="access_by_hospital"),
            models.Index(fields=["user", "-at", "-id"], name="access_by_person"),
            models.Index(
                fields=["patient_id", "-at", "-id"],
                name="access_by_patient_id",
                condition=Q(patient_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AccessKind.values), name="access_kind_has_a_word"),
            models.CheckConstraint(
                condition=Q(actor_kind=ActorKind.PERSON, user__isnull=False, actor_name="")
                | Q(actor_kind=ActorKind.NOBODY, actor_name="")
                | (Q(actor_kind__in=[ActorKind.JOB, ActorKind.COMMAND], user=None) & ~Q(actor_name="")),
                name="access_has_an_actor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.patient_id or ''} by {self.user_id or self.actor_name or 'nobody'}"


class SealBatch(models.Model):
    """One link of the chain: what was new in trail and histories, and a hash over it and the link before."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"batch {self.number}"


class SealPart(models.Model):
    """The rows of one table in a batch: every row with ``from_id < id <= to_id``, with a digest of each."""

    batch = models.ForeignKey(SealBatch, on_delete=models.PROTECT, related_name="parts")
    table = models.CharField(max_length=63)
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    columns = ArrayField(models.CharField(max_length=63), help_text="What was sealed; later ones are not.")
    listing = models.BinaryField(help_text="Id and the digest's beginning of each row, to name a bad one.")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "table"], name="seal_part_is_one_per_table"),
            models.CheckConstraint(condition=Q(from_id__lt=models.F("to_id")), name="seal_part_goes_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.table} ({self.from_id}, {self.to_id}] in batch {self.batch_id}"


class SealMark(models.Model):
    """How far a table is sealed, and up to where it may be once everybody who was writing then has ended."""

    table = models.CharField(max_length=63, primary_key=True)
    sealed_to = models.BigIntegerField(default=0)
    ready_to = models.BigIntegerField(default=0)
    writers = ArrayField(models.CharField(max_length=40), default=list, help_text="Transactions under way.")

    def __str__(self) -> str:
        return f"{self.table} sealed to {self.sealed_to}"
