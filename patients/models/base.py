"""What every row about a patient shares, in this app and in those above it."""

from django.db import models

from accounts.models import Hospital, User
from patients.models.identity import Patient
from patients.querysets import PatientRowQuerySet


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
