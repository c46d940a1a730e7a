"""One uploaded file on its way into the record."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Hospital, User
from monitoring.imports.models.sources import Source
from monitoring.imports.querysets import HospitalQuerySet
from patients.models import Patient


class Status(models.TextChoices):
    """How far a file has come. Only *checking* and *importing* wait for a worker."""

    COLUMNS = "columns", "Columns to be confirmed"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked, nothing imported yet"
    IMPORTING = "importing", "Being imported"
    IMPORTED = "imported", "Imported"
    DISCARDED = "discarded", "Discarded"


IN_WORK = (Status.CHECKING, Status.IMPORTING)


class Batch(models.Model):
    """A file, what a person decided about it, and what became of it.

    ``layout`` and ``column_map`` are those of imports.files.content and imports.mapping. ``counts`` is what
    the check or the import found. ``trouble`` says why the last step did not come to its end.
    ``accept_unusual``: values far outside of what is plausible were confirmed as what the file says.
    ``attempts`` counts workers that began the present step; several mean that it kills them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    # Set where the import was started from one patient's page: every row is about this patient.
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.COLUMNS)
    layout = models.JSONField()
    column_map = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    trouble = models.CharField(max_length=500, blank=True)
    accept_unusual = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    submission = models.UUIDField(unique=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    objects = HospitalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["hospital", "-uploaded_at"], name="imports_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="import_status_is_known"),
            models.CheckConstraint(
                condition=Q(asked_at=None, asked_by=None) | Q(asked_at__isnull=False, asked_by__isnull=False),
                name="import_asked_is_paired",
            ),
            models.CheckConstraint(
                condition=~Q(status="imported") | Q(asked_at__isnull=False, finished_at__isnull=False),
                name="import_end_has_a_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class BatchFile(models.Model):
    """The uploaded bytes, behind the wall like the record; the row goes after some days (imports.sweeping).

    A worker holds this row's lock as long as it works, so nobody else works on the same file; the lock ends
    with the worker's connection.
    """

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, primary_key=True, related_name="file")
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    content = models.BinaryField()

    objects = HospitalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"file of import {self.batch_id}"


class FindingKind(models.TextChoices):
    REFUSED = "refused", "Refused"
    UNUSUAL = "unusual", "Unusual"
    CORRECTED = "corrected", "Corrected"
    CHANGED_SINCE = "changed_since", "Changed here since"


class Finding(models.Model):
    """Something the check has to tell about one cell: refused and why, unusual, or old and new value."""

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=13, choices=FindingKind.choices)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=400)

    objects = HospitalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["batch", "kind", "line", "id"], name="findings_by_line")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} on line {self.line} of import {self.batch_id}"
