"""Who sends files, and what each has told already."""

from django.db import models
from django.db.models.functions import Lower

from accounts.models import Hospital
from monitoring.imports.querysets import HospitalQuerySet
from monitoring.results.models import Result


class Source(models.Model):
    """A sender of files as the hospital calls it. ``column_map`` is the last one used (imports.mapping)."""

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    column_map = models.JSONField(default=dict)

    objects = HospitalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), "hospital", name="import_source_is_named_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="import_source_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Told(models.Model):
    """One thing a source has told, and the result it became.

    ``fingerprint`` is made of all that the row said (imports.entries). A row told again changes nothing, also
    when its result was corrected, moved or taken out since: the record knows better than an old file.
    """

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.UUIDField()
    source_identifier = models.CharField(max_length=100, blank=True)
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="+")

    objects = HospitalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["source", "source_identifier"],
                condition=~models.Q(source_identifier=""),
                name="imports_by_identifier",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "fingerprint"], name="import_row_is_told_once")
        ]

    def __str__(self) -> str:
        return f"result {self.result_id} told by source {self.source_id}"
