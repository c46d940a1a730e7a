"""The record's root: who the patient is."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower

from accounts.models import Hospital, User
from patients.models.care import CARE_CONSTRAINTS, CareColumns
from patients.models.contact import ContactColumns
from patients.partial_dates import PartialDate, Precision
from patients.querysets import PatientQuerySet, SearchKey


class Sex(models.TextChoices):
    """Sex for clinical use: what doses, limits and pregnancy rules need, not gender."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    UNKNOWN = "unknown", "Not known"


@pghistory.track(exclude=["search_key"])
class Patient(CareColumns, ContactColumns):
    """A person treated at one hospital. Rows are written only by ``patients.actions``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    record_number = models.CharField(max_length=40)
    family_name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=200)
    birth_date = models.DateField(help_text="The first day of what is known.")
    birth_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    sex = models.CharField(max_length=8, choices=Sex.choices)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    # One per filled-in form: a double click finds its first click here and registers nobody twice.
    submission = models.UUIDField(unique=True)
    search_key = models.GeneratedField(
        expression=SearchKey(Concat("given_name", Value(" "), "family_name")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = PatientQuerySet.as_manager()

    class Meta:
        # One for each order of the list (patients/queries/listing.py).
        indexes = [
            models.Index(fields=["hospital", "search_key", "id"], name="patient_by_name"),
            models.Index("hospital", Lower("record_number"), "id", name="patient_by_number"),
            models.Index(fields=["hospital", "birth_date", "id"], name="patient_by_birth"),
            models.Index(fields=["hospital", "registered_at", "id"], name="patient_by_registration"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("record_number"), "hospital", name="patient_record_number_is_unique"
            ),
            # Lets rows of a patient be bound to the patient's hospital (accounts.row_level_security).
            models.UniqueConstraint(fields=["id", "hospital"], name="patient_and_hospital_is_a_pair"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="patient_sex_is_known_word"),
            models.CheckConstraint(
                condition=~Q(record_number="") & ~Q(family_name=""), name="patient_has_number_and_name"
            ),
            models.CheckConstraint(
                condition=Q(birth_precision=Precision.DAY)
                | Q(birth_precision=Precision.MONTH, birth_date__day=1)
                | Q(birth_precision=Precision.YEAR, birth_date__day=1, birth_date__month=1),
                name="patient_birth_date_is_first_day_known",
            ),
            *CARE_CONSTRAINTS,
        ]

    def __str__(self) -> str:
        return f"patient {self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def born(self) -> PartialDate:
        """The birth date as far as it is known; prints as that."""
        return PartialDate(self.birth_date, self.birth_precision)
