"""What is known of a patient's fitness: each answer from the assessment that found it last."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from patients.models import FitnessAssessment, Occurrence, OccurrenceKind, Patient
from patients.models.fitness import SHOWN_BY, TESTED
from patients.queries.given import RecordedFact

# Where the guideline looks for an answer.
PATHS = {
    "neuropathy_severity": "neuropathy.severity",
    "transplant_eligible": "fitness.transplant_eligible",
    "stem_cells_collected": "fitness.stem_cells_collected",
    "prior_thrombosis": "fitness.prior_thrombosis",
    "on_thromboprophylaxis": "fitness.on_thromboprophylaxis",
    "on_anticoagulation": "fitness.on_anticoagulation",
    "pulmonary_hypertension": "cardiopulmonary.pulmonary_hypertension",
    "pleural_effusion": "cardiopulmonary.pleural_effusion",
    "pulmonary_function_tested": "workup.pulmonary_function_tested",
    "echocardiography_done": "workup.echocardiography_done",
    "thyroid_tested": "workup.thyroid_tested",
    "thyroid_abnormal": "workup.thyroid_abnormal",
    "adrenal_tested": "workup.adrenal_tested",
    "adrenal_abnormal": "workup.adrenal_abnormal",
    "gonadal_tested": "workup.gonadal_tested",
    "gonadal_abnormal": "workup.gonadal_abnormal",
}
ANSWERS = ("ecog", "comorbidities", "comorbidity_note", *PATHS)
# The day of an answer, where it has one of its own.
FOUND_ON = (
    {"transplant_eligible": "transplant_judged_on"}
    | TESTED
    | {finding: TESTED[test] for finding, test in SHOWN_BY.items()}
)
SOURCE = "fitness assessment"


@dataclass(frozen=True)
class KnownAnswer:
    """The newest answer to one question, the day it was found, and the assessment it stands in."""

    value: Any
    on: date
    assessment_id: int


def known_answers(patient: Patient) -> dict[str, KnownAnswer]:
    """By field of FitnessAssessment: what was found last. A question nobody answered is left out.

    A later assessment that did not ask leaves the answer before standing, with its own day.
    """
    rows = FitnessAssessment.objects.of(patient).standing().order_by("assessed_on", "id")
    known: dict[str, KnownAnswer] = {}
    for row in rows:
        for field in ANSWERS:
            value = getattr(row, field)
            found_on = getattr(row, FOUND_ON.get(field, "assessed_on")) or row.assessed_on
            before = known.get(field)
            if value not in (None, "") and (before is None or before.on <= found_on):
                known[field] = KnownAnswer(value, found_on, row.pk)
    return known


def fitness_facts(patient: Patient) -> dict[str, RecordedFact]:
    """Known facts by guideline path. A recorded thrombosis is an earlier one, whatever was answered."""
    known = known_answers(patient)
    _settle_anticoagulation(known)
    facts = {
        PATHS[field]: RecordedFact(answer.value, answer.on, SOURCE)
        for field, answer in known.items()
        if field in PATHS
    }
    thrombosis = _newest_thrombosis(patient)
    path = PATHS["prior_thrombosis"]
    if thrombosis is not None and (path not in facts or facts[path].value is False):
        facts[path] = RecordedFact(value=True, on=thrombosis, source="events")
    return facts


def _settle_anticoagulation(known: dict[str, KnownAnswer]) -> None:
    """Of *on an anticoagulant* and *no thromboprophylaxis* only the newer can be true; drop the older."""
    taken, protected = known.get("on_anticoagulation"), known.get("on_thromboprophylaxis")
    if taken and protected and taken.value and not protected.value:
        del known["on_thromboprophylaxis" if taken.on >= protected.on else "on_anticoagulation"]


def _newest_thrombosis(patient: Patient) -> date | None:
    found: date | None = (
        Occurrence.objects.of(patient)
        .standing()
        .filter(kind=OccurrenceKind.THROMBOSIS)
        .order_by("-happened_on")
        .values_list("happened_on", flat=True)
        .first()
    )
    return found
