"""How the patient and those around them are reached. Nothing clinical belongs here."""

from django.db import models


class ContactColumns(models.Model):
    """Contact on a Patient: under the patient's version and history; a merge leaves it with its record."""

    telephone = models.CharField(max_length=60, blank=True)
    email = models.EmailField("e-mail", max_length=254, blank=True)
    address = models.TextField(max_length=500, blank=True)
    kin_name = models.CharField("next of kin", max_length=200, blank=True)
    kin_relation = models.CharField("relation of next of kin", max_length=100, blank=True)
    kin_telephone = models.CharField("telephone of next of kin", max_length=60, blank=True)
    language = models.CharField("language spoken", max_length=100, blank=True)
    needs_interpreter = models.BooleanField(null=True)
    practitioner_name = models.CharField("general practitioner", max_length=200, blank=True)
    practitioner_contact = models.TextField("contact of general practitioner", max_length=500, blank=True)

    class Meta:
        abstract = True
