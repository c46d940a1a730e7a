"""The form of a follow-up added by hand. It validates; actions save."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Membership
from monitoring.follow_ups.forms import FURTHEST, note_field, people_choices
from monitoring.follow_ups.kinds import OTHER
from monitoring.follow_ups.schedule import PlannedItem
from patients.dates import ClinicalDateField

# How far around the due day the window reaches where nobody says otherwise: of the form, not of medicine.
USUAL_MARGIN = timedelta(days=7)


class NewForm(forms.Form):
    """What is to be done, when, and who answers for it."""

    kind = forms.ChoiceField(
        label="What is to be done", error_messages={"required": "Choose what is to be done."}
    )
    title = forms.CharField(
        label="In your words",
        required=False,
        max_length=200,
        help_text="Needed for another examination; of the others it may replace the usual words.",
    )
    due = ClinicalDateField(label="Due date")
    earliest = ClinicalDateField(
        label="Not before", required=False, help_text="Leave empty for a week before the due date."
    )
    latest = ClinicalDateField(
        label="Not after", required=False, help_text="Leave empty for a week after the due date."
    )
    responsible = forms.TypedChoiceField(label="Who answers for it", coerce=UUID)
    deputy = forms.TypedChoiceField(
        label="Deputy",
        coerce=UUID,
        required=False,
        empty_value=None,
        help_text="Told next when it stays overdue; without one the deputy of the patient's team.",
    )
    note = note_field()
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Mapping[str, str],
        people: Sequence[Membership],
        me: UUID,
        on: date,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4(), "responsible": me}
        super().__init__(*args, **kwargs)
        self.kinds, self.on = kinds, on
        choices = [("", "Choose"), *kinds.items(), (OTHER, "Another examination")]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined] # a choice field's
        people_choices(self, people)

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_title(self) -> str:
        """The words as typed; another examination has no usual ones."""
        title: str = self.cleaned_data["title"].strip()
        if not title and self.cleaned_data.get("kind") == OTHER:
            raise forms.ValidationError("Say what is to be done.", code="required")
        return title

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < self.on:
            raise forms.ValidationError(
                "The due date lies in the past; choose today or a later day.", code="past"
            )
        if due > self.on + FURTHEST:
            raise forms.ValidationError("This day lies more than 20 years ahead; check the year.", code="far")
        return due

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        due = data.get("due")
        if due is not None:
            data["earliest"] = data.get("earliest") or max(due - USUAL_MARGIN, self.on)
            data["latest"] = data.get("latest") or due + USUAL_MARGIN
            if data["earliest"] > due:
                self.add_error("earliest", "The window must not open after the due date.")
            if data["latest"] < due or data["latest"] > self.on + FURTHEST:
                self.add_error("latest", "The window must close on the due date or later, within 20 years.")
        if data.get("deputy") is not None and data.get("deputy") == data.get("responsible"):
            self.add_error("deputy", "The deputy is somebody else than who answers for it.")
        return data

    @property
    def item(self) -> PlannedItem:
        """What a valid form asks for; it counts from no event."""
        data = self.cleaned_data
        return PlannedItem(
            kind=data["kind"],
            title=data["title"] or self.kinds[data["kind"]],
            anchor="",
            anchored_on=data["due"],
            earliest=data["earliest"],
            due=data["due"],
            latest=data["latest"],
            responsible_id=data["responsible"],
            deputy_id=data["deputy"],
        )
