"""Which answers of a draft the record does not hold yet, and which of them it can take from here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from guideline.fact_table import FACT
from patients.models.fitness import SHOWN_BY
from patients.queries import RecordedFact
from patients.queries.fitness import PATHS
from patients.queries.record import DIAGNOSIS_FACTS, EXTENT_FACTS
from treatment.models import Answer
from treatment.newer import says
from treatment.queries import DraftContents
from treatment.wizard.steps import FROM_IDENTITY, matters

Part = Literal["diagnosis", "extent", "fitness", "radiation"]
STABILIZED = "radiation.stabilized"
FITNESS_FIELD = {path: field for field, path in PATHS.items()}
COUNT = "extent.bone_lesion_count"
# What is decided or asked for a plan alone, and no finding of the record.
OF_THE_PLAN = ("line", "patient.pregnancy")

RESULT = "Not from here: a result needs its unit, laboratory and day."
TREATMENT = "Not from here: it follows from the treatments given."
REASON = "Not from here: it needs a reason, which is asked there."
LISTED = "Not from here: more lesions are listed one by one; the list is changed there."
EVENT = "Not from here: the record holds a thrombosis as an event."
NO_RADIATION = "Not from here: the record holds no radiation with its last day."
UNTESTED = "Not from here: what was not tested cannot be normal or abnormal."


@dataclass(frozen=True)
class Writable:
    """One answer that the record does not hold. ``why_not`` is empty where it can be written from here.

    ``part`` is the kind of assessment it belongs to, None for what is entered elsewhere.
    """

    path: str
    answer: Answer
    recorded: RecordedFact | None
    part: Part | None
    why_not: str = ""


def writable(
    contents: DraftContents,
    recorded: Mapping[str, RecordedFact],
    *,
    lesions_listed: int,
    radiation_ended: bool,
) -> list[Writable]:
    """Known answers that differ from the record, and older ones that were confirmed, in order of the facts.

    ``lesions_listed`` is how many lesions the newest assessment of the extent lists one by one;
    ``radiation_ended``: the record holds the radiation of which stability is said.
    """
    found = []
    for path in FACT:
        answer = contents.answers.get(path)
        if path in (*FROM_IDENTITY, *OF_THE_PLAN) or answer is None or answer.value is None:
            continue
        if not matters(path, contents.facts) or (
            says(answer, recorded.get(path)) and not answer.confirmed_on
        ):
            continue
        if path == STABILIZED:
            why_not = "" if radiation_ended else NO_RADIATION
        else:
            why_not = _why_not(path, answer, contents, recorded, lesions_listed)
        found.append(Writable(path, answer, recorded.get(path), part_of(path), why_not))
    return found


def part_of(path: str) -> Part | None:
    group, _, name = path.partition(".")
    if group == "diagnosis" and name in DIAGNOSIS_FACTS:
        return "diagnosis"
    if group == "extent" and name in EXTENT_FACTS:
        return "extent"
    if path == STABILIZED:
        return "radiation"
    return "fitness" if path in FITNESS_FIELD else None


def _why_not(
    path: str,
    answer: Answer,
    contents: DraftContents,
    recorded: Mapping[str, RecordedFact],
    lesions_listed: int,
) -> str:
    if part_of(path) is None:
        return RESULT if path.startswith("labs.") else TREATMENT
    fact = recorded.get(path)
    test = SHOWN_BY.get(FITNESS_FIELD.get(path, ""))
    refusals: tuple[tuple[bool, str], ...] = (
        (path == "diagnosis.treat_as_poems" and answer.value is True, REASON),
        (path == COUNT and int(answer.value or 0) < lesions_listed, LISTED),
        (path == "fitness.prior_thrombosis" and fact is not None and fact.source.startswith("events"), EVENT),
        (test is not None and contents.value_of(PATHS[test]) is False, UNTESTED),
    )
    return next((sentence for applies, sentence in refusals if applies), "")
