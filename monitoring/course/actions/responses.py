"""Confirm or change a computed response."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from accounts.models import Membership
from monitoring.course.models import ResponseDecision
from patients.actions.corrections import about
from patients.models import Patient


class Decision(TypedDict):
    """What was computed and what is decided, both words of the axis; the values it rests on; why."""

    axis: str
    computed: str
    decided: str
    reason: str
    rests_on: str
    content_version: str


def decide(
    *, patient: Patient, decision: Decision, submission: UUID, by: Membership, now: datetime
) -> ResponseDecision:
    """Keep the decision beside what was computed; the same submission twice returns the first."""
    found, _ = ResponseDecision.objects.get_or_create(
        submission=submission, defaults={**about(patient, by, now), **decision}
    )
    return found
