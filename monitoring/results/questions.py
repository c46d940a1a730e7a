"""What a form asks before it saves results that the record has already, or that contradict it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guideline.edition import Edition
from monitoring.results.duplicates import LIMIT, contradicted, repeated
from monitoring.results.models import Result
from monitoring.results.presenters import day_in_words, quantity_of, result_in_words
from patients.models import Patient


@dataclass(frozen=True)
class Question:
    """About the entry at ``place``: a sentence, and what ticking ``label`` confirms (``told``)."""

    place: int
    told: str
    sentence: str
    label: str


def questions_about(
    patient: Patient, entries: Sequence[Mapping[str, Any]], edition: Edition, *, besides: int | None = None
) -> list[Question]:
    """What to ask about ``entries``; a tick counts only for the value it was given for.

    ``besides`` is the result that is being corrected.
    """
    same = repeated(patient, entries, edition, besides=besides)
    apart = contradicted(patient, entries, edition, besides=besides)
    rows = _rows(patient, {*same.values(), *apart.values()})
    asked = []
    for place, entry in enumerate(entries):
        value = quantity_of(entry, edition)
        if place in same:
            asked.append(_repeat(place, value, rows[same[place]], edition))
        if place in apart:
            asked.append(_contradiction(place, value, rows[apart[place]], edition))
    return asked


def _repeat(place: int, value: str, row: Result, edition: Edition) -> Question:
    return Question(
        place,
        told=f"{row.pk} again: {value}",
        sentence=f"This is in the record already: {result_in_words(row, edition)}, entered by "
        f"{row.recorded_by.full_name} on {row.recorded_at:%-d %B %Y}.",
        label=f"{value} is another measurement of that day; keep both",
    )


def _contradiction(place: int, value: str, row: Result, edition: Edition) -> Question:
    return Question(
        place,
        told=f"{row.pk} beside: {value}",
        sentence=f"{day_in_words(row)} has {quantity_of(vars(row), edition)} in the same series; {value} "
        f"differs from it by more than {edition.number(LIMIT)} %.",
        label=f"{value} is right; keep both",
    )


def _rows(patient: Patient, ids: Iterable[int]) -> dict[int, Result]:
    rows = Result.objects.of(patient).filter(pk__in=ids).select_related("recorded_by")
    return {row.pk: row for row in rows}
