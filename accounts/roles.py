"""The roles a person may hold in a hospital. Stored values are short words, never class names."""

from django.db import models


class Role(models.TextChoices):
    CLINICIAN = "clinician", "Clinician"
    COORDINATOR = "coordinator", "Coordinator"
    HOSPITAL_ADMIN = "hospital_admin", "Hospital admin"
    GUIDELINE_REVIEWER = "guideline_reviewer", "Guideline reviewer"
    AUDITOR = "auditor", "Auditor"
    READER = "reader", "Reader"


ROLE_DESCRIPTIONS: dict[Role, str] = {
    Role.CLINICIAN: "Reads and writes patient records, plans treatment and signs.",
    Role.COORDINATOR: "Enters results and keeps the follow-up calendar; does not sign.",
    Role.HOSPITAL_ADMIN: "Invites people, sets roles and settings. Sees no clinical data.",
    Role.GUIDELINE_REVIEWER: "Reads, questions and approves the guideline content. Sees no patient.",
    Role.AUDITOR: "Reads who saw and did what. Changes nothing.",
    Role.READER: "Reads patient records, as a consultant or a monitor of a study does. Changes nothing.",
}
