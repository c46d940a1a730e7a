"""Whose records the clinical roles of a hospital may open: a setting of the hospital."""

from django.db import models


class Access(models.TextChoices):
    HOSPITAL = "hospital", "Every patient of the hospital"
    CARE_TEAM = "care_team", "Only patients on whose care team they are"
