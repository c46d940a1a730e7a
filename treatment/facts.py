"""From the record and the answers of a draft to the case the guideline decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from guideline.case_input import parse_case
from guideline.edition import Edition
from guideline.entries import Validity
from guideline.fact_table import FACT
from guideline.facts import Case
from patients.models import Patient, Sex
from patients.queries import RecordedFact
from patients.queries.given import FactValue
from treatment.wizard.steps import FROM_IDENTITY, matters


@dataclass(frozen=True)
class Prefill:
    """What the record says about a question. A value that is not ``current`` is shown, never filled in.

    ``superseded``: it was found before the last progression, and may no longer hold. ``days``: how old it may
    be; None if it is asked each time, or never ages.
    """

    value: FactValue
    on: date
    source: str
    current: bool
    superseded: bool = False
    days: int | None = None


def identity_facts(patient: Patient, *, on: date) -> dict[str, object]:
    """Age in completed years on the day ``on`` and sex, each unless it is not known for certain."""
    facts: dict[str, object] = {}
    age = patient.born.age_on(on).certain
    if age is not None:
        facts["patient.age_years"] = age
    if patient.sex != Sex.UNKNOWN:
        facts["patient.sex"] = str(patient.sex)
    return facts


def prefills(
    recorded: Mapping[str, RecordedFact], edition: Edition, *, on: date, progressed_on: date | None
) -> dict[str, Prefill]:
    """What the record can fill in, by question; too old by the content's validity counts as not current.

    ``progressed_on`` is the last progression, None if there was none. Raises ContentError for a fact of which
    the content does not say how it ages.
    """
    return {
        path: _prefill(fact, edition.validity_of(path), on=on, progressed_on=progressed_on)
        for path, fact in recorded.items()
        if path not in FROM_IDENTITY
    }


def known_facts(patient: Patient, answers: Mapping[str, Any], *, on: date) -> dict[str, object]:
    """What is known for the decision, by path: identity, and the answers to questions that matter.

    ``answers`` are values by question, None for *not known*. An answer to a question that no longer matters
    (a pregnancy of a man, earlier lines of a first line) stays in the draft and out of the case.
    """
    facts = identity_facts(patient, on=on)
    if answers.get("line") is not None:
        facts["line"] = answers["line"]
    for question, value in answers.items():
        if question in FACT and value is not None and matters(question, facts):
            facts[question] = value
    return facts


def case_of(facts: Mapping[str, object]) -> Case:
    """The case with these known facts. Raises guideline.errors.InputError if they contradict each other."""
    raw: dict[str, Any] = {}
    for path, value in facts.items():
        group, _, name = path.rpartition(".")
        if group:
            raw.setdefault(group, {})[name] = value
        else:
            raw[name] = value
    return parse_case(raw)


def snapshot(recorded: Mapping[str, RecordedFact]) -> dict[str, dict[str, Any]]:
    """The record's facts as plain data for the draft to remember; age is left out, it changes by itself."""
    return {path: as_recorded(fact) for path, fact in recorded.items() if path != "patient.age_years"}


def as_recorded(fact: RecordedFact | Prefill) -> dict[str, Any]:
    """One fact as the draft remembers it."""
    return {"value": fact.value, "on": fact.on.isoformat(), "source": fact.source}


def _prefill(fact: RecordedFact, validity: Validity, *, on: date, progressed_on: date | None) -> Prefill:
    superseded = validity.not_older_than_progression and progressed_on is not None and fact.on < progressed_on
    fresh = not validity.ages or (validity.days is not None and on - fact.on <= timedelta(days=validity.days))
    return Prefill(
        fact.value,
        fact.on,
        fact.source,
        current=fresh and not superseded,
        superseded=superseded,
        days=validity.days,
    )
