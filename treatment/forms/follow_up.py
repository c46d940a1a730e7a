"""The form of the follow-up dates. It validates; actions save."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from guideline.edition import Edition
from patients.dates import ClinicalDateField
from treatment.answering import Answering
from treatment.schedule import AFTER, ANCHORS, Proposal, Wishes, anchors_needed


class AnchorsForm(forms.Form):
    """Which schedules, the days they count from and who answers: those of the schedules chosen before."""

    schedules = forms.MultipleChoiceField(
        label="Schedules",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the schedules shown."},
    )

    def __init__(self, edition: Edition, wishes: Wishes, answering: Answering, data: Any = None) -> None:
        initial: dict[str, Any] = {"schedules": list(wishes.schedules)}
        super().__init__(data, initial=initial | dict(wishes.anchors))
        choices = [(key, schedule.label) for key, schedule in edition.schedules.items()]
        self.fields["schedules"].choices = choices  # type: ignore[attr-defined] # a choice field
        chosen = [edition.schedules[key] for key in wishes.schedules] or list(edition.schedules.values())
        for anchor in anchors_needed(chosen):
            self.fields[anchor] = ClinicalDateField(label=ANCHORS[anchor], required=False)
        self.counted = [key for key in wishes.schedules if key in edition.schedules]
        for key in self.counted:
            label = edition.schedules[key].label
            initial_person = str(answering.person(wishes.responsible.get(key)).pk)
            self.fields[f"who-{key}"] = person_field(
                f"Who answers: {label[:1].lower()}{label[1:]}", answering.choices, initial_person
            )

    @property
    def anchor_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in ANCHORS]

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[f"who-{key}"] for key in self.counted]

    @property
    def responsible(self) -> dict[str, str]:
        """Who answers, by schedule."""
        return {key: person for key in self.counted if (person := self.cleaned_data.get(f"who-{key}"))}

    @property
    def anchors(self) -> dict[str, date]:
        """The days that were given, by anchor."""
        return {anchor: day for anchor in ANCHORS if (day := self.cleaned_data.get(anchor))}


class DatesForm(forms.Form):
    """One row for each proposed examination: kept or not, when it is due, and who answers for it."""

    def __init__(
        self, proposed: Sequence[Proposal], wishes: Wishes, answering: Answering, data: Any = None
    ) -> None:
        super().__init__(data)
        self.proposed = [proposal for proposal in proposed if not proposal.is_past]
        for proposal in self.proposed:
            keep, due = names_of(proposal)
            words = f"{proposal.title}, month {proposal.month} {AFTER[proposal.anchor]}"
            self.fields[keep] = forms.BooleanField(
                label=f"Keep: {words}",
                required=False,
                initial=proposal.key not in wishes.left_out,
            )
            self.fields[due] = ClinicalDateField(
                label=f"Due: {words}",
                required=False,
                initial=wishes.due.get(proposal.key, proposal.due),
                error_messages={"required": "Give the day, or leave the examination out."},
            )
            standing = wishes.responsible.get(proposal.key, "")
            self.fields[f"who-{proposal.key}"] = person_field(
                f"Who answers: {words}", [("", "as the schedule"), *answering.choices], standing
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for proposal in self.proposed:
            keep, due = names_of(proposal)
            if cleaned.get(keep) and due not in self.errors and cleaned.get(due) is None:
                self.add_error(due, "Give the day, or leave the examination out.")
            elif cleaned.get(keep) and due not in self.errors and cleaned[due] < proposal.anchored_on:
                self.add_error(due, f"That is before {ANCHORS[proposal.anchor].lower()}; give a later day.")
        return cleaned

    @property
    def left_out(self) -> frozenset[str]:
        return frozenset(one.key for one in self.proposed if not self.cleaned_data[names_of(one)[0]])

    @property
    def responsible(self) -> dict[str, str]:
        """Who answers, by examination, where it is somebody else than for the schedule."""
        return {
            one.key: person
            for one in self.proposed
            if (person := self.cleaned_data.get(f"who-{one.key}")) and one.key not in self.left_out
        }

    @property
    def due(self) -> dict[str, date]:
        """The days that differ from the proposal, of the examinations that are kept."""
        return {
            one.key: day
            for one in self.proposed
            if one.key not in self.left_out
            and (day := self.cleaned_data[names_of(one)[1]]) is not None
            and day != one.due
        }


def person_field(label: str, choices: Sequence[tuple[str, str]], standing: str) -> forms.ChoiceField:
    """Whoever left the hospital stands for nobody: then it is chosen anew."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        initial=standing if standing in dict(choices) else "",
        error_messages={"invalid_choice": "Choose one of the people shown; others may have left."},
    )


def names_of(proposal: Proposal) -> tuple[str, str]:
    """The names of a row's two fields."""
    return f"keep-{proposal.key}", f"due-{proposal.key}"
