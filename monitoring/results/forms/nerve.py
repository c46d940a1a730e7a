"""The form of a neurologic assessment. It validates; actions save."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from guideline.edition import Edition
from monitoring.results.actions.nerve import NerveEntry
from monitoring.results.forms.nerve_fields import VERSIONED, initial_of_answers
from monitoring.results.forms.nerve_kit import KitForm
from monitoring.results.forms.reading import WordField
from monitoring.results.models import NerveAssessment
from monitoring.results.nerve_values import WALK
from monitoring.results.questions import Question
from patients.dates import ClinicalDateField
from patients.forms.versioned import VersionedForm


class NerveForm(KitForm, VersionedForm):
    """One assessment of a patient born on ``born``, entered on the day ``on``."""

    assessed_on = ClinicalDateField(label="Date")
    examiner = WordField(label="Examiner", offer="examiners")
    note = forms.CharField(
        label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        edition: Edition,
        on: date,
        born: date,
        versions: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        given = kwargs.get("initial") or {}
        kwargs["initial"] = {"submission": uuid.uuid4(), "assessed_on": on} | given
        super().__init__(*args, edition=edition, versions=versions, **kwargs)
        self.born = born
        self.questions: list[Question] = []
        self.fields["assessed_on"] = ClinicalDateField(label="Date", not_after=on)

    @property
    def entry(self) -> NerveEntry:
        """What a valid form says."""
        data = self.cleaned_data
        return NerveEntry(
            assessed_on=data["assessed_on"],
            examiner=data["examiner"],
            note=data["note"],
            answers=self.answers,
        )

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_assessed_on(self) -> date:
        day: date = self.cleaned_data["assessed_on"]
        if day < self.born:
            raise forms.ValidationError(
                "That is before the patient was born; check the year.", code="before_birth"
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.answers and not cleaned.get("note"):
            raise forms.ValidationError(
                "Nothing was entered. Give at least one answer or a note; what was not examined stays empty."
            )
        return cleaned

    @property
    def settled(self) -> set[str]:
        """What was ticked."""
        return set(self.data.getlist("settled")) if isinstance(self.data, QueryDict) else set()

    def ask(self, questions: Sequence[Question]) -> bool:
        """Put the questions that were not answered with a tick on the form; whether there are any."""
        self.questions = list(questions)
        open_ones = [question for question in questions if question.told not in self.settled]
        for question in open_ones:
            self.add_error(None, question.sentence)
        return bool(open_ones)


def initial_of(assessment: NerveAssessment) -> dict[str, Any]:
    """A stored assessment as the form shows it for correction."""
    kept = ("assessed_on", "examiner", "note", "version")
    no_versions = dict.fromkeys((*(f"{key}_version" for key in VERSIONED), "grip_version"), "")
    used = {name: word for name, word in no_versions.items() if _has_values(name, assessment)}
    return {
        **{name: getattr(assessment, name) for name in kept},
        **used,
        **initial_of_answers(assessment.answers),
    }


def _has_values(name: str, assessment: NerveAssessment) -> bool:
    """Whether the assessment has answers of this scale; its empty version then means *not noted*."""
    scale = name.removesuffix("_version")
    stems = {WALK: "walk", "mrc_sum": "mrc"}
    return any(key.startswith(stems.get(scale, scale)) for key in assessment.answers)
