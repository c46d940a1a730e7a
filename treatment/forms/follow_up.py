"""The form of the follow-up dates. It validates; actions save."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from guideline.edition import Edition
from patients.dates import ClinicalDateField
from treatment.schedule import AFTER, ANCHORS, Proposal, Wishes, anchors_needed


class AnchorsForm(forms.Form):
    """Which schedules, and the days they count from: those of the schedules chosen before."""

    schedules = forms.MultipleChoiceField(
        label="Schedules",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the schedules shown."},
    )

    def __init__(self, edition: Edition, wishes: Wishes, data: Any = None) -> None:
        initial: dict[str, Any] = {"schedules": list(wishes.schedules)}
        super().__init__(data, initial=initial | dict(wishes.anchors))
        choices = [(key, schedule.label) for key, schedule in edition.schedules.items()]
        self.fields["schedules"].choices = choices  # type: ignore[attr-defined] # a choice field
        chosen = [edition.schedules[key] for key in wishes.schedules] or list(edition.schedules.values())
        for anchor in anchors_needed(chosen):
            self.fields[anchor] = ClinicalDateField(label=ANCHORS[anchor], required=False)

    @property
    def anchors(self) -> dict[str, date]:
        """The days that were given, by anchor."""
        return {anchor: day for anchor in ANCHORS if (day := self.cleaned_data.get(anchor))}


class DatesForm(forms.Form):
    """One row for each proposed examination: kept or not, and when it is due."""

    def __init__(self, proposed: Sequence[Proposal], wishes: Wishes, data: Any = None) -> None:
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
    def due(self) -> dict[str, date]:
        """The days that differ from the proposal, of the examinations that are kept."""
        return {
            one.key: day
            for one in self.proposed
            if one.key not in self.left_out
            and (day := self.cleaned_data[names_of(one)[1]]) is not None
            and day != one.due
        }


def names_of(proposal: Proposal) -> tuple[str, str]:
    """The names of a row's two fields."""
    return f"keep-{proposal.key}", f"due-{proposal.key}"
