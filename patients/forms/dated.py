"""What forms of the clinical record share: a form number, days that are not in the future, and questions."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from patients.dates import ClinicalDateField
from patients.forms.versioned import SubmittedForm
from patients.partial_dates import PartialDateField

AS_KNOWN = "As far as it is known: 3 May 2024, May 2024 or 2024."
UNUSUAL = "Something is unusual. Confirm below that it is right, or correct it."
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """Something unusual, to be confirmed by a tick: the sentence, and what the tick says."""

    key: str
    sentence: str
    answer: str
    confirmed: bool


class RecordForm(SubmittedForm):
    """A form about one dated thing; nothing in it lies after the day of entry ``on``.

    A correction carries the ``version`` it started from. What is possible but unusual is asked: the form is
    valid only when every question was confirmed, and a changed answer is asked about anew.
    """

    # Fields of the form that are none of the row.
    not_of_the_row: tuple[str, ...] = ("submission", "version")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.on = on
        self.questions: list[Question] = []
        self.so_far: dict[str, Any] | None = None
        for field in self.fields.values():
            if isinstance(field, ClinicalDateField | PartialDateField):
                field.not_after = on

    @property
    def answered(self) -> dict[str, Any]:
        """What is answered so far: what is right in a form that was judged, else what it starts from."""
        if self.so_far is not None:
            return self.so_far
        return dict(self.cleaned_data if self.is_bound and hasattr(self, "cleaned_data") else self.initial)

    def ask(self, key: str, sentence: str, answer: str) -> None:
        """Ask whether something unusual is right. ``key`` names what exactly was confirmed."""
        confirmed = key in self._ticked()
        self.questions.append(Question(key, sentence, answer, confirmed))
        if not confirmed and not self.has_error(NON_FIELD_ERRORS, code="asked"):
            self.add_error(None, forms.ValidationError(UNUSUAL, code="asked"))

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the row, without the form's own."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.not_of_the_row}

    def shown(self, *names: str) -> Iterator[forms.BoundField]:
        """The fields of these names that the form has."""
        return (self[name] for name in names if name in self.fields)

    def _ticked(self) -> list[str]:
        return self.data.getlist("confirmed") if isinstance(self.data, QueryDict) else []


def as_typed(data: Data) -> dict[str, Any]:
    """What was posted as a start for a form that is shown again without being judged."""
    return {name: data[name] for name in data}
