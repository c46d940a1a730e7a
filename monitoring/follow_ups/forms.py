"""Forms that move and end a follow-up. They validate; actions save."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from monitoring.follow_ups.models import FollowUp, Reason
from patients.dates import ClinicalDateField

# Guards against a mistyped year only.
FURTHEST = timedelta(days=20 * 365)
DONE = "done"
HAPPENED = (DONE, Reason.DONE_ELSEWHERE)


class FollowUpForm(forms.Form):
    """What both forms carry: a remark, and the version of the item the form was opened on."""

    note = forms.CharField(
        label="Remark",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": "A remark may have at most 500 characters; this one has %(show_value)d."
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, follow_up: FollowUp, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4(), "version": follow_up.version}
        super().__init__(*args, **kwargs)
        self.follow_up = follow_up
        self.on = on

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_version(self) -> int:
        """A form that lost its version was opened on nothing that stands."""
        return self.cleaned_data["version"] or 0

    def take_version(self, version: int) -> None:
        """Show the form again for the item as it stands now, with what was typed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data


class RescheduleForm(FollowUpForm):
    """Another due day; the window moves along unless its ends are given."""

    due = ClinicalDateField(label="New due date")
    earliest = ClinicalDateField(
        label="Not before", required=False, help_text="Leave empty to move the window along."
    )
    latest = ClinicalDateField(
        label="Not after", required=False, help_text="Leave empty to move the window along."
    )
    field_order = ("due", "earliest", "latest", "note")

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < self.on:
            raise forms.ValidationError(
                "The new due date lies in the past; choose today or a later day.", code="past"
            )
        return self._near_enough(due)

    def clean_latest(self) -> date | None:
        latest: date | None = self.cleaned_data["latest"]
        return latest and self._near_enough(latest)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        due = data.get("due")
        if due is None:
            return data
        moved = due - self.follow_up.due
        data["earliest"] = data.get("earliest") or self.follow_up.earliest + moved
        data["latest"] = data.get("latest") or self.follow_up.latest + moved
        if data["earliest"] > due:
            self.add_error("earliest", "The window must not open after the due date.")
        if data["latest"] < due:
            self.add_error("latest", "The window must not close before the due date.")
        return data

    def _near_enough(self, day: date) -> date:
        if day > self.on + FURTHEST:
            raise forms.ValidationError("This day lies more than 20 years ahead; check the year.", code="far")
        return day


class CloseForm(FollowUpForm):
    """Done here, or the reason why it will not be done here."""

    outcome = forms.ChoiceField(
        label="What became of it",
        choices=[(DONE, "Done here"), *Reason.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of it."},
    )
    happened_on = ClinicalDateField(
        label="Day of the examination", required=False, help_text="Only when it was done, here or elsewhere."
    )
    field_order = ("outcome", "happened_on", "note")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.fields["happened_on"].not_after = on  # type: ignore[attr-defined] # ClinicalDateField's

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        outcome, happened_on = data.get("outcome"), data.get("happened_on")
        if outcome == DONE and happened_on is None and "happened_on" not in self.errors:
            self.add_error("happened_on", "Give the day on which it was done.")
        if outcome and outcome not in HAPPENED and happened_on is not None:
            self.add_error("happened_on", "An examination that was not done has no day; leave this empty.")
        return data
