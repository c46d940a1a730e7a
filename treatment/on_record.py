"""Everything the record says about the wizard's questions today: assessments, treatments and results."""

from collections.abc import Mapping
from datetime import date, timedelta

from guideline.edition import Edition
from patients.models import Patient
from patients.queries import RecordedFact, latest_facts, treatments_of
from treatment.given import given
from treatment.known import Known
from treatment.measured import measured


def on_record(patient: Patient, edition: Edition, *, on: date) -> Known:
    """What is known on the day ``on`` by fact path, and what is shown beside the questions."""
    treated = given(treatments_of(patient), edition, on=on)
    results = measured(patient, edition, on=on)
    facts = latest_facts(patient, on=on) | treated.facts
    for path, seen in results.facts.items():
        facts[path] = _one_of(facts.get(path), seen, edition.validity_of(path).days, on=on)
    return Known(facts, _together(treated.beside, results.beside))


def _one_of(assessed: RecordedFact | None, seen: RecordedFact, days: int | None, *, on: date) -> RecordedFact:
    """The newer of the two; but a test whose result was seen was done, whoever wrote that it was not."""
    if assessed is None or assessed.on <= seen.on:
        return seen
    fresh = days is not None and on - seen.on <= timedelta(days=days)
    return seen if assessed.value is False and fresh else assessed


def _together(*parts: Mapping[str, list[str]]) -> dict[str, list[str]]:
    paths = {path for part in parts for path in part}
    return {path: [sentence for part in parts for sentence in part.get(path, ())] for path in paths}
