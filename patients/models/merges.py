"""Two records of one person that became one."""

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from patients.models.base import PatientRow
from patients.models.identity import Patient


@pghistory.track(exclude=["moved"])
class Merge(PatientRow):
    """``patient`` is the record that is kept, ``merged`` the one that was closed.

    ``moved`` is the journal: by table, the keys of the rows that left ``merged``; undoing moves exactly those
    back. What the database refused to move stayed where it was and is in no journal.
    """

    merged = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=dict)
    submission = models.UUIDField(unique=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="merge_is_one_per_closed_record"
            ),
            models.CheckConstraint(condition=~Q(merged=F("patient")), name="merge_is_of_two_records"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_is_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"merge of {self.merged_id} into {self.patient_id}"
