"""What every row about a patient shares, in this app and in those above it."""

from django.db import models
from django.db.models import Q

from accounts.models import Hospital, User
from patients.models.identity import Patient
from patients.querysets import CorrectableQuerySet, PatientRowQuerySet


class PatientRow(models.Model):
    """A row about one patient, in the patient's hospital, written by somebody at some time.

    A concrete model adds ``@pghistory.track()``, and its first migration ends with
    ``SameHospitalAsPatient(table)``, ``IsolateByHospital(table, its event table)`` and
    ``AppendOnly(event table)``
    (accounts/row_level_security.py); a test fails without them.
    """

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PatientRowQuerySet.as_manager()

    class Meta:
        abstract = True


class CorrectableRow(PatientRow):
    """A row that came from one form, is corrected in place, or is marked as entered in error; never deleted.

    Each correction counts ``version`` up; the history table keeps what stood before. What was entered in
    error counts nowhere any more and can still be read.
    """

    version = models.PositiveIntegerField(default=1)
    submission = models.UUIDField(unique=True)
    entered_in_error_at = models.DateTimeField(null=True)
    entered_in_error_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    objects = CorrectableQuerySet.as_manager()  # type: ignore[misc] # the stubs take a narrower manager for a clash

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_in_error_at=None, entered_in_error_by=None)
                | Q(entered_in_error_at__isnull=False, entered_in_error_by__isnull=False),
                name="%(class)s_error_has_time_and_name",
            )
        ]
