"""What the pages of neurologic assessments show, as plain data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guideline.edition import Edition
from monitoring.results.forms.nerve_fields import SUPPORTS, TASK_ANSWERS, YES_NO_QUESTIONS
from monitoring.results.models import NerveAssessment
from monitoring.results.nerve_values import CMAP, SEPARATOR, SIDES, WALK, NerveValue, is_of_place, values_of
from monitoring.results.presenters import quantity_shown
from monitoring.results.queries import RecordedResult
from monitoring.results.trend import Measured, Trend, trend_of, way_of

AID_OF = "walk_aid"


@dataclass(frozen=True)
class NerveLine:
    """One value; ``before`` has the same measure, place and version, ``other_version`` is newer than that."""

    label: str
    what: str
    value: str
    detail: str
    before: str
    before_on: date | None
    trend: Trend | None
    other_version: str
    other_version_on: date | None


@dataclass(frozen=True)
class AnswerLine:
    question: str
    answer: str


@dataclass(frozen=True)
class AssessmentShown:
    """One assessment with its values and, folded away, what was answered."""

    id: int
    version: int
    assessed_on: date
    examiner: str
    note: str
    recorded_by: str
    in_error: bool
    lines: tuple[NerveLine, ...]
    answers: tuple[AnswerLine, ...]


def assessments_shown(
    rows: Iterable[NerveAssessment], results: Sequence[RecordedResult], edition: Edition
) -> list[AssessmentShown]:
    """Each assessment beside what ``results`` (all standing ones of the kit, oldest first) had before it."""
    return [
        AssessmentShown(
            id=row.pk,
            version=row.version,
            assessed_on=row.assessed_on,
            examiner=row.examiner,
            note=row.note,
            recorded_by=row.recorded_by.full_name,
            in_error=row.entered_in_error,
            lines=tuple(_line(value, row, results, edition) for value in values_of(row.answers, edition)),
            answers=tuple(answers_in_words(row, edition)),
        )
        for row in rows
    ]


def answers_in_words(assessment: NerveAssessment, edition: Edition) -> Iterable[AnswerLine]:
    """The answers that stand behind a computed total, and what only the assessment keeps."""
    answers = assessment.answers
    for key, (question, words) in _questions(edition).items():
        if key in answers:
            yield AnswerLine(question, words[answers[key]])
    for part, label in edition.instruments["mrc_sum"].parts.items():
        grades = [
            f"{side} {answers[f'mrc_{part}_{side}']}" for side in SIDES if f"mrc_{part}_{side}" in answers
        ]
        if grades:
            yield AnswerLine(label, ", ".join(grades))
    if "i_rods_raw" in answers:
        yield AnswerLine("I-RODS, raw sum", answers["i_rods_raw"])


def answer_in_words(key: str, value: Any, edition: Edition) -> str:
    """One answer as a person reads it, for a history that shows every answer by itself."""
    question, words = _questions(edition).get(key, ("", {}))
    if question:
        return f"{question}: {words.get(value, value)}"
    said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    if key.endswith(AID_OF):
        said = edition.instruments[WALK].parts.get(str(value), value)
    return f"{_label(key, edition)}: {said}"


def _label(key: str, edition: Edition) -> str:
    """``MRC sum score, knee extension right`` for ``mrc_knee_extension_right``."""
    for instrument, begins in (("mrc_sum", "mrc_"), (CMAP, "cmap_")):
        for part, label in edition.instruments[instrument].parts.items():
            if key.startswith(begins + part):
                side = key.removeprefix(begins + part).replace("_", " ")
                return f"{edition.instruments[instrument].label}, {label.lower()}{side}"
    for name in sorted(edition.instruments, key=len, reverse=True):
        if key.startswith(name):
            rest = key.removeprefix(name).replace("_", " ").strip()
            return ", ".join(filter(None, (edition.instruments[name].label, rest)))
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def value_in_words(value: NerveValue | RecordedResult) -> str:
    if value.unable:
        return "cannot walk" if value.analyte == WALK else "unable"
    return quantity_shown(value.value, "", value.unit)


def last_in_words(newest: Iterable[RecordedResult]) -> dict[str, str]:
    """``5 on 3 May 2025 (Graham 2006)`` by analyte, from the last value of each series, the newest first.

    What was measured in several places on that day is said of each place.
    """
    words: dict[str, list[str]] = {}
    days: dict[str, date] = {}
    for row in newest:
        if days.setdefault(row.analyte, row.collected_on) == row.collected_on:
            method = f" ({row.method})" if row.method else ""
            words.setdefault(row.analyte, []).append(f"{value_in_words(row)}{method}")
    return {key: f"{', '.join(said)} on {days[key]:%-d %b %Y}" for key, said in words.items()}


def _line(
    value: NerveValue, assessment: NerveAssessment, results: Sequence[RecordedResult], edition: Edition
) -> NerveLine:
    instrument = edition.instruments[value.analyte]
    earlier = [
        row
        for row in results
        if row.analyte == value.analyte
        and row.collected_on < assessment.assessed_on
        and is_of_place(row.method, value.place)
    ]
    before = next((row for row in reversed(earlier) if row.method == value.method), None)
    newest = earlier[-1] if earlier else None
    other = newest if newest is not None and newest.method != value.method else None
    return NerveLine(
        label=f"{instrument.label}, {value.place.lower()}" if value.place else instrument.label,
        what=instrument.what,
        value=value_in_words(value),
        detail=SEPARATOR.join(word for word in (value.version, _aid(value, assessment, edition)) if word),
        before=value_in_words(before) if before else "",
        before_on=before.collected_on if before else None,
        trend=_trend(value, before, assessment.assessed_on, edition) if before else None,
        other_version=_other(other, value) if other else "",
        other_version_on=other.collected_on if other else None,
    )


def _trend(value: NerveValue, before: RecordedResult, on: date, edition: Edition) -> Trend:
    then = Measured(before.value, before.comparator, before.collected_on, value_in_words(before))
    now = Measured(value.value, "", on, value_in_words(value))
    return trend_of(now, then, way=way_of(edition.scales.get(value.analyte)))


def _other(row: RecordedResult, value: NerveValue) -> str:
    version = row.method.removeprefix(value.place).removeprefix(SEPARATOR) or "version not noted"
    return f"{value_in_words(row)} by another version ({version})"


def _aid(value: NerveValue, assessment: NerveAssessment, edition: Edition) -> str:
    aid = assessment.answers.get("walk_aid") if value.analyte == WALK else None
    return edition.instruments[WALK].parts.get(aid, "").lower() if aid else ""


def _questions(edition: Edition) -> dict[str, tuple[str, dict[Any, str]]]:
    """What is asked beside the numbers, with the words of its answers, by key of the answer."""
    tasks = {
        f"onls_{part}": (label, dict(TASK_ANSWERS))
        for part, label in edition.instruments["onls"].parts.items()
    }
    yes_no = {key: (question, {True: "Yes", False: "No"}) for key, (question, _) in YES_NO_QUESTIONS.items()}
    return {**tasks, **yes_no, "onls_support": ("Needed to go 10 metres", dict(SUPPORTS))}
