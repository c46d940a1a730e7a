"""The form of the proposed supportive actions. It validates; actions save."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format

from patients.dates import ClinicalDateField
from treatment.supportive import Action, Answered

ANSWERS = (("accept", "Accept"), ("decline", "Decline"))


class SupportiveForm(forms.Form):
    """For each action: accepted or declined or neither, a reason if wanted, and for a test a day."""

    def __init__(
        self, actions: Sequence[Action], given: Mapping[str, Answered], data: Any = None, *, on: date
    ) -> None:
        super().__init__(data)
        self.actions, self.on = actions, on
        for action in actions:
            key, standing = action.advisory.id, given.get(action.advisory.id)
            self.fields[f"answer-{key}"] = forms.ChoiceField(
                label=action.advisory.text,
                choices=ANSWERS,
                required=False,
                widget=forms.RadioSelect,
                initial=None if standing is None else "accept" if standing.accepted else "decline",
                error_messages={"invalid_choice": "Accept or decline."},
            )
            self.fields[f"reason-{key}"] = forms.CharField(
                label="Reason",
                required=False,
                max_length=500,
                initial=standing.reason if standing else "",
                error_messages={"max_length": "At most 500 characters; this text has %(show_value)d."},
            )
            if action.can_be_due:
                self.fields[f"due-{key}"] = ClinicalDateField(
                    label="Put into the calendar for",
                    required=False,
                    initial=standing.due if standing else None,
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for action in self.actions:
            key = action.advisory.id
            due = cleaned.get(f"due-{key}")
            if due and due < self.on:
                today = date_format(self.on, "j F Y")
                self.add_error(f"due-{key}", f"That lies before today, {today}; give a later day or none.")
            elif due and cleaned.get(f"answer-{key}") != "accept":
                self.add_error(f"due-{key}", "Only what is accepted goes into the calendar.")
            elif cleaned.get(f"reason-{key}") and not cleaned.get(f"answer-{key}"):
                self.add_error(f"answer-{key}", "Accept or decline; a reason alone is no answer.")
        return cleaned

    @property
    def answers(self) -> dict[str, Answered]:
        """What a valid form answers, by advisory."""
        given = self.cleaned_data
        return {
            action.advisory.id: Answered(
                accepted=answer == "accept",
                reason=given[f"reason-{action.advisory.id}"],
                due=given.get(f"due-{action.advisory.id}"),
            )
            for action in self.actions
            if (answer := given[f"answer-{action.advisory.id}"])
        }
