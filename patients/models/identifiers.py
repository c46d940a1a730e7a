"""Numbers by which others know the patient; the hospital's own record number is on the Patient."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from patients.models.base import CorrectableRow
from patients.querysets import IdentifierQuerySet, NumberKey


class IdentifierKind(models.TextChoices):
    NATIONAL = "national", "National number"
    INSURANCE = "insurance", "Insurance number"
    RECORD = "record", "Record number of another hospital"
    STUDY = "study", "Study number"
    OTHER = "other", "Other number"


# A number of these kinds says nothing without whoever gave it.
NEEDS_ISSUER = (IdentifierKind.RECORD, IdentifierKind.STUDY, IdentifierKind.OTHER)


@pghistory.track(exclude=["value_key"])
class Identifier(CorrectableRow):
    """One number, who gave it, and from when to when it is valid; one patient of a hospital has it."""

    kind = models.CharField(max_length=12, choices=IdentifierKind.choices)
    value = models.CharField("number", max_length=60)
    issuer = models.CharField("given by", max_length=200, blank=True)
    valid_from = models.DateField("valid from", null=True)
    valid_until = models.DateField("valid until", null=True)
    value_key = models.GeneratedField(
        expression=NumberKey("value"), output_field=models.TextField(), db_persist=True
    )

    objects = IdentifierQuerySet.as_manager()  # type: ignore[misc] # the stubs take a narrower manager for a clash

    class Meta:
        indexes = [
            models.Index(fields=["patient", "kind"], name="identifiers_of_patient"),
            GinIndex(OpClass("value_key", name="gin_trgm_ops"), name="identifier_search"),
        ]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=IdentifierKind.values), name="identifier_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(value_key=""), name="identifier_holds_letters_or_digits"),
            models.CheckConstraint(
                condition=~Q(kind__in=NEEDS_ISSUER) | ~Q(issuer=""), name="identifier_names_its_issuer"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="identifier_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                F("hospital"),
                F("kind"),
                Lower("issuer"),
                F("value_key"),
                condition=Q(entered_in_error_at=None),
                name="identifier_belongs_to_one_patient",
            ),
        ]

    def __str__(self) -> str:
        return f"identifier {self.pk} of patient {self.patient_id}"
