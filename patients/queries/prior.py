"""What the treatments given say about earlier lines: facts for a plan, only where they are certain."""

from collections.abc import Iterable

from patients.models import Response, StopReason, Support, TreatmentKind
from patients.queries.given import RecordedFact, TreatmentGiven
from patients.regimens import REGIMENS

SOURCE = "treatments given"


def facts_of_treatments(treatments: Iterable[TreatmentGiven]) -> dict[str, RecordedFact]:
    """How each option ended when it was given, what prevents thrombosis now, whether cells were collected.

    That something is not recorded does not say that it was not given; so nothing here is ever *none* or *no*
    for its absence alone.
    """
    facts: dict[str, RecordedFact] = {}
    for given in treatments:  # by first day, so the newest answer stays
        option, outcome = _option(given), _outcome(given)
        if option and outcome:
            facts[f"prior.{option}"] = RecordedFact(outcome, given.ended_on or given.started_on, SOURCE)
        facts |= _supported(given)
        facts |= _collected(given)
        if given.kind == TreatmentKind.ASCT:  # what a transplantation left over is not known
            facts.pop("fitness.stem_cells_collected", None)
    return facts


def _option(given: TreatmentGiven) -> str:
    if given.kind == TreatmentKind.ASCT:
        return "asct"
    regimen = REGIMENS.get(given.regimen)
    return regimen.option if regimen else ""


def _outcome(given: TreatmentGiven) -> str:
    """Why it was stopped speaks first; a treatment that was completed says nothing about the disease."""
    if given.stop_reason == StopReason.TOXICITY:
        return "stopped_toxicity"
    if given.stop_reason == StopReason.PROGRESSION or given.response == Response.REFRACTORY:
        return "refractory"
    return "responded" if given.response == Response.RESPONDED else ""


def _supported(given: TreatmentGiven) -> dict[str, RecordedFact]:
    """Thromboprophylaxis without an end, as of its first day: an old entry is asked about again."""
    if given.ended_on is not None:
        return {}
    facts = {}
    known = RecordedFact(value=True, on=given.started_on, source=SOURCE)
    if given.support in (Support.ANTIPLATELET, Support.ANTICOAGULANT):
        facts["fitness.on_thromboprophylaxis"] = known
    if given.support == Support.ANTICOAGULANT:
        facts["fitness.on_anticoagulation"] = known
    return facts


def _collected(given: TreatmentGiven) -> dict[str, RecordedFact]:
    """Whether the last mobilization gave enough."""
    if given.kind != TreatmentKind.MOBILIZATION or given.cells_collected is None:
        return {}
    return {"fitness.stem_cells_collected": RecordedFact(given.cells_collected, given.started_on, SOURCE)}
