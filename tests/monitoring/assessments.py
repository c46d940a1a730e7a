"""Neurologic assessments for tests."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from accounts.models import Membership
from monitoring.results.actions import nerve
from monitoring.results.models import NerveAssessment
from patients.models import Patient
from tests.personas import NOW

# Arm grade 2: one task is hampered, none prevented.
TASKS = {
    "onls_hair": "hampered",
    **{f"onls_{task}": "unaffected" for task in ("key", "cutlery", "buttons", "dressing")},
}
# Every muscle group at 4: a sum of 48.
MUSCLES = {
    f"mrc_{muscle}_{side}": "4"
    for muscle in (
        "shoulder_abduction",
        "elbow_flexion",
        "wrist_extension",
        "hip_flexion",
        "knee_extension",
        "foot_dorsiflexion",
    )
    for side in ("right", "left")
}


def nerve_entry(on: str = "2026-01-05", **answers: Any) -> nerve.NerveEntry:
    return nerve.NerveEntry(
        assessed_on=date.fromisoformat(on), examiner="Dr. Nerve", note="", answers=dict(answers)
    )


def assessed(
    patient: Patient,
    by: Membership,
    *,
    on: str = "2026-01-05",
    submission: UUID | None = None,
    **answers: Any,
) -> NerveAssessment:
    entry = nerve_entry(on, **answers)
    return nerve.assess(patient=patient, entry=entry, submission=submission or uuid4(), by=by, now=NOW)
