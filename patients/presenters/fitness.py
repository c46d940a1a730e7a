"""Fitness as its pages show it: questions in parts, each with the answer that stands and its day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, CheckboxSelectMultiple, Form, Textarea

from guideline.fact_table import FACT
from patients.forms.fields import ThreeValuedField
from patients.forms.fitness import FitnessForm
from patients.models import Comorbidity, Ecog, FitnessAssessment, NeuropathySeverity
from patients.models.fitness import SHOWN_BY
from patients.queries.fitness import ANSWERS, PATHS, KnownAnswer

LABELS = {
    "ecog": "ECOG performance status",
    "comorbidities": "Comorbidities",
    "comorbidity_note": "Other comorbidities",
} | {field: FACT[path].label for field, path in PATHS.items()}


ROW_OF_ITS_OWN = {"ecog", "pulmonary_hypertension", "pleural_effusion", *SHOWN_BY}


@dataclass(frozen=True)
class QuestionShown:
    """One question. ``field`` is None where nothing is asked; ``answer`` is empty where nothing is known."""

    label: str
    field: BoundField | None
    answer: str
    when: str

    @property
    def is_three_valued(self) -> bool:
        """Whether the question is answered with yes, no or not asked."""
        return self.field is not None and isinstance(self.field.field, ThreeValuedField)

    @property
    def is_wide(self) -> bool:
        """Whether the question begins a row of its own: long answers, and what follows a test and its day."""
        if self.field is None:
            return False
        return self.field.name in ROW_OF_ITS_OWN or isinstance(
            self.field.field.widget, CheckboxSelectMultiple | Textarea
        )


@dataclass(frozen=True)
class PartShown:
    """A part of the page under its ``title``; a form without parts has one, without a title."""

    title: str
    questions: list[QuestionShown]


@dataclass(frozen=True)
class AssessmentShown:
    row: FitnessAssessment
    answers: list[tuple[str, str]]


def answer_in_words(field: str, value: Any) -> str:
    """The answer to a question of FitnessAssessment, as a person would say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field == "comorbidities":
        return ", ".join(Comorbidity(word).label for word in value) or "none of those asked"
    if field == "ecog":
        return Ecog(value).label
    return NeuropathySeverity(value).label.lower() if field == "neuropathy_severity" else str(value)


def form_parts(form: Form | None, known: Mapping[str, KnownAnswer]) -> list[PartShown]:
    """The questions of a fitness form by part; any other form is one part. Without a form, what is known."""
    if form is not None and not isinstance(form, FitnessForm):
        return [PartShown("", [_question(field.name, field, known) for field in form.visible_fields()])]
    asked = {"": ("assessed_on",)} if form is not None else {}
    return [
        PartShown(title, [_question(name, form[name] if form else None, known) for name in names])
        for title, names in (
            *asked.items(),
            *((title, _names(form, names)) for title, names in FitnessForm.PARTS),
        )
    ]


def assessments_shown(rows: Iterable[FitnessAssessment]) -> list[AssessmentShown]:
    """Each assessment with what was answered then."""
    return [
        AssessmentShown(
            row,
            [
                (LABELS[field], answer_in_words(field, getattr(row, field)))
                for field in ANSWERS
                if getattr(row, field) not in (None, "")
            ],
        )
        for row in rows
    ]


def _names(form: Form | None, names: tuple[str, ...]) -> tuple[str, ...]:
    return names if form is not None else tuple(name for name in names if name in ANSWERS)


def _question(name: str, field: BoundField | None, known: Mapping[str, KnownAnswer]) -> QuestionShown:
    answer = known.get(name)
    return QuestionShown(
        label=LABELS.get(name, name),
        field=field,
        answer=answer_in_words(name, answer.value) if answer else "",
        when=answer.when if answer else "",
    )
