"""Questions as form fields, made from the guideline's table of facts. They validate; actions save."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from guideline.fact_table import FACT, FactDefinition
from treatment.words import choices_in_words, number_in_words, value_in_words

LESION_COUNT = "extent.bone_lesion_count"
UNKNOWN = "unknown"
LONGEST_NUMBER = 20
_BOOLEANS = {"true": True, "false": False}
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3},\d{3}")

AnswerValue = bool | int | float | str | None


@dataclass(frozen=True)
class Given:
    """An answer that was given; ``value`` None is *not known*. No answer at all is None instead of this."""

    value: AnswerValue


class ChoiceQuestion(forms.ChoiceField):
    """Radio buttons without a default, *Not known* among them where the fact may be unknown."""

    widget = forms.RadioSelect

    def __init__(self, definition: FactDefinition) -> None:
        super().__init__(
            choices=choices_of(definition),
            required=definition.required,
            error_messages={
                "invalid_choice": "Choose one of the answers shown.",
                "required": "Choose one: everything that follows depends on it.",
            },
        )

    def clean(self, value: Any) -> Given | None:
        word = super().clean(value)
        if not word:
            return None
        return Given(None if word == UNKNOWN else _BOOLEANS.get(word, word))


class NumberQuestionWidget(forms.Widget):
    """What the controls of a number say: typed text, *not known* ticked, *none found* ticked."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, bool, bool]:
        typed = str(data.get(name, "")).replace("\x00", "").strip()
        return typed, f"{name}-unknown" in data, f"{name}-none" in data


class NumberQuestion(forms.Field):
    """A number within the fact's range; empty is no answer, and zero lesions only by *None found*."""

    widget = NumberQuestionWidget

    def __init__(self, definition: FactDefinition) -> None:
        self.definition = definition
        super().__init__(required=False)

    def clean(self, value: tuple[str, bool, bool]) -> Given | None:
        typed, is_unknown, none_found = value
        if sum((bool(typed), is_unknown, none_found)) > 1:
            raise forms.ValidationError("These answers contradict each other; keep one of them.")
        if is_unknown:
            return Given(None)
        if none_found:
            return Given(0)
        return Given(self._number(typed)) if typed else None

    def _number(self, typed: str) -> int | float:
        number = read_number(typed, whole=self.definition.kind == "integer")
        low, high = self.definition.minimum, self.definition.maximum
        if self.definition.path == LESION_COUNT and number == 0:
            raise forms.ValidationError("For no lesion choose “None found”; empty is not zero.")
        if low is None or high is None or not low <= number <= high:
            highest = value_in_words(self.definition.path, high)
            raise forms.ValidationError(f"{typed} is out of range: {low} to {highest} can be entered.")
        return int(number) if number == number.to_integral_value() else float(number)


class AnswersForm(forms.Form):
    """The questions of one step. Names are the facts' paths with a hyphen for the dot."""

    def __init__(self, questions: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            definition = FACT[question]
            makes = ChoiceQuestion if definition.kind in ("boolean", "choice") else NumberQuestion
            self.fields[field_name(question)] = makes(definition)

    @property
    def given(self) -> dict[str, Given | None]:
        """The answers of the valid fields by question; None where nothing was answered."""
        return {question_of(name): value for name, value in self.cleaned_data.items()}

    @property
    def sentences(self) -> dict[str, str]:
        """What is wrong with the other fields, by question."""
        return {question_of(name): " ".join(map(str, errors)) for name, errors in self.errors.items()}


def choices_of(definition: FactDefinition) -> list[tuple[str, str]]:
    """The radio buttons of a question: value and words."""
    words = (
        [("true", "Yes"), ("false", "No")]
        if definition.kind == "boolean"
        else choices_in_words(definition.path)
    )
    return words if definition.required else [*words, (UNKNOWN, "Not known")]


def word_of(answer: Given | None) -> str:
    """The radio button that stands for an answer; empty for none."""
    if answer is None:
        return ""
    if answer.value is None:
        return UNKNOWN
    return str(answer.value).lower() if isinstance(answer.value, bool) else str(answer.value)


def field_name(question: str) -> str:
    return question.replace(".", "-")


def question_of(name: str) -> str:
    return name.replace("-", ".")


def read_number(typed: str, *, whole: bool) -> Decimal:
    """The number somebody typed, with a point or a comma. Raises ValidationError with what would be right."""
    if len(typed) > LONGEST_NUMBER or not _PLAIN.fullmatch(typed):
        raise forms.ValidationError(f"“{typed[:LONGEST_NUMBER]}” is not a number; write it as 12 or 12.5.")
    if _THOUSANDS.fullmatch(typed):
        with_point, without = typed.replace(",", "."), typed.replace(",", "")
        raise forms.ValidationError(
            f"{typed} can mean {number_in_words(with_point)} or {without}; write which one."
        )
    number = Decimal(typed.replace(",", "."))
    if whole and number != number.to_integral_value():
        raise forms.ValidationError(f"{typed} is not a whole number.")
    return number
