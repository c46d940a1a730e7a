"""Patients who go from one hospital to another."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Hospital, User
from patients.models.identity import Patient
from patients.querysets import TransferQuerySet


class TransferState(models.TextChoices):
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Transfer(models.Model):
    """One hospital's offer of a patient to another, and what became of it.

    The only table two hospitals see: the offering one and the one it is offered to (docs/adr). What the other
    hospital learns before it accepts is ``message`` and nothing else. Of a patient who was accepted the
    offering hospital keeps this row: ``record_number`` then, when, and to whom. It has no history table: each
    row ends once, and names who and when at both ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    to_hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    message = models.TextField(max_length=2000)
    state = models.CharField(max_length=9, choices=TransferState.choices, default=TransferState.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    record_number = models.CharField(
        max_length=40, blank=True, help_text="Of the offering hospital; kept when the patient has gone."
    )
    submission = models.UUIDField(unique=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["from_hospital", "-offered_at"], name="transfers_from_hospital"),
            models.Index(fields=["to_hospital", "-offered_at"], name="transfers_to_hospital"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(state="offered"), name="transfer_is_one_open_per_patient"
            ),
            models.CheckConstraint(
                condition=~Q(from_hospital=F("to_hospital")), name="transfer_is_between_two_hospitals"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", ended_at=None, ended_by=None)
                | (
                    Q(state__in=["accepted", "rejected", "withdrawn"])
                    & Q(ended_at__isnull=False, ended_by__isnull=False)
                ),
                name="transfer_end_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") & ~Q(record_number="")
                | ~Q(state="accepted") & Q(record_number=""),
                name="transfer_keeps_the_number_of_whom_it_took",
            ),
        ]

    def __str__(self) -> str:
        return f"transfer {self.pk}"
