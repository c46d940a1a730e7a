"""What is known of a patient's fitness: each answer from the assessment that found it last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from patients.models import FitnessAssessment, Occurrence, OccurrenceKind, Patient, TreatmentKind
from patients.models.fitness import SHOWN_BY, TESTED
from patients.partial_dates import Precision
from patients.queries.given import RecordedFact, TreatmentGiven

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
    """The newest answer to one question, the day it was found (a first day, if less is known), and where."""

    value: Any
    on: date
    when: str
    source: str = SOURCE


def known_answers(patient: Patient) -> dict[str, KnownAnswer]:
    """By field of FitnessAssessment: what was found last. A question nobody answered is left out.

    A later assessment that did not ask leaves the answer before standing, with its own day. A recorded
    thrombosis is an earlier thrombosis, whatever was answered.
    """
    rows = FitnessAssessment.objects.of(patient).standing().order_by("assessed_on", "id")
    known: dict[str, KnownAnswer] = {}
    for row in rows:
        for field in ANSWERS:
            value = getattr(row, field)
            found_on = getattr(row, FOUND_ON.get(field, "assessed_on")) or row.assessed_on
            before = known.get(field)
            if value not in (None, "") and (before is None or before.on <= found_on):
                known[field] = KnownAnswer(value, found_on, f"{found_on:%-d %b %Y}")
    answered = known.get("prior_thrombosis")
    if (answered is None or not answered.value) and (recorded := _newest_thrombosis(patient)):
        known["prior_thrombosis"] = recorded
    return known


def fitness_facts(patient: Patient) -> dict[str, RecordedFact]:
    """Known facts by guideline path."""
    return {
        PATHS[field]: RecordedFact(answer.value, answer.on, answer.source)
        for field, answer in known_answers(patient).items()
        if field in PATHS
    }


def newest_facts(
    treated: Mapping[str, RecordedFact],
    assessed: Mapping[str, RecordedFact],
    treatments: Iterable[TreatmentGiven],
) -> dict[str, RecordedFact]:
    """Of what the treatments say and what was assessed, the newer; nothing that contradicts itself."""
    facts = dict(treated)
    for path, fact in assessed.items():
        if path not in facts or facts[path].on <= fact.on:
            facts[path] = fact
    _settle_anticoagulation(facts)
    cells = facts.get(PATHS["stem_cells_collected"])
    transplanted = [given.started_on for given in treatments if given.kind == TreatmentKind.ASCT]
    if cells and any(day >= cells.on for day in transplanted):  # what was left over is not known
        del facts[PATHS["stem_cells_collected"]]
    return facts


def _settle_anticoagulation(facts: dict[str, RecordedFact]) -> None:
    """Of *on an anticoagulant* and *no thromboprophylaxis* only the newer can be true; drop the older."""
    anticoagulant, prophylaxis = PATHS["on_anticoagulation"], PATHS["on_thromboprophylaxis"]
    taken, protected = facts.get(anticoagulant), facts.get(prophylaxis)
    if taken and protected and taken.value and not protected.value:
        del facts[prophylaxis if taken.on >= protected.on else anticoagulant]


def _newest_thrombosis(patient: Patient) -> KnownAnswer | None:
    rows = Occurrence.objects.of(patient).standing().filter(kind=OccurrenceKind.THROMBOSIS)
    event = rows.order_by("-happened_on").first()
    if event is None:
        return None
    source = "events" if event.happened_precision == Precision.DAY else f"events, known as {event.happened}"
    return KnownAnswer(value=True, on=event.happened_on, when=str(event.happened), source=source)
