"""Entries that are all written the same way: number, event and fitness assessment, each with its form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from patients.actions import corrections, identifiers
from patients.forms.dated import RecordForm
from patients.forms.fitness import NONE_OF_THESE, FitnessForm
from patients.forms.person import IdentifierForm, OccurrenceForm
from patients.models import CorrectableRow, FitnessAssessment, Identifier, Occurrence


@dataclass(frozen=True)
class EntryKind:
    """One kind of entry. ``adding`` heads its empty form; ``page`` is where it is listed."""

    model: type[CorrectableRow]
    noun: str
    adding: str
    page: str
    page_label: str
    form: type[RecordForm]
    initial: Callable[[Any], dict[str, Any]]
    add: Callable[..., Any]
    correct: Callable[..., Any]
    in_words: Callable[[Any], str]


def _columns(row: Any, form: type[RecordForm]) -> dict[str, Any]:
    names = [name for name in form.base_fields if name not in form.not_of_the_row]
    return {name: getattr(row, name) for name in names}


def _of_fitness(row: FitnessAssessment) -> dict[str, Any]:
    ticked = [NONE_OF_THESE] if row.comorbidities == [] else row.comorbidities or []
    return _columns(row, FitnessForm) | {"comorbidities": ticked}


def _adding(model: type[CorrectableRow]) -> Callable[..., Any]:
    return lambda **entry: corrections.add(model, **entry)


def _correct(*, row: CorrectableRow, **change: Any) -> CorrectableRow:
    return corrections.correct(row, **change)


def _correct_number(*, row: Identifier, **change: Any) -> Identifier:
    return identifiers.correct(identifier=row, **change)


ENTRY_KINDS: Mapping[str, EntryKind] = {
    "number": EntryKind(
        model=Identifier,
        noun="number",
        adding="Add a number",
        page="patients:overview",
        page_label="Overview",
        form=IdentifierForm,
        initial=lambda row: _columns(row, IdentifierForm),
        add=identifiers.add,
        correct=_correct_number,
        in_words=lambda row: f"{row.get_kind_display()} {row.value}, {row.issuer}".removesuffix(", "),
    ),
    "event": EntryKind(
        model=Occurrence,
        noun="event or note",
        adding="Add an event or note",
        page="patients:events",
        page_label="Events and notes",
        form=OccurrenceForm,
        initial=lambda row: _columns(row, OccurrenceForm),
        add=_adding(Occurrence),
        correct=_correct,
        in_words=lambda row: f"{row.get_kind_display()}, {row.happened}",
    ),
    "fitness": EntryKind(
        model=FitnessAssessment,
        noun="fitness assessment",
        adding="Assess fitness",
        page="patients:fitness",
        page_label="Fitness",
        form=FitnessForm,
        initial=_of_fitness,
        add=_adding(FitnessAssessment),
        correct=_correct,
        in_words=lambda row: f"Fitness assessed on {row.assessed_on:%-d %b %Y}",
    ),
}
