"""What clinicians said about the computed responses."""

from monitoring.course.models import ResponseDecision
from patients.models import Patient


def decisions_of(patient: Patient) -> list[ResponseDecision]:
    """The newest decision on every axis that has one."""
    rows = ResponseDecision.objects.of(patient).select_related("recorded_by")
    return list(rows.newest_of_each_axis())
