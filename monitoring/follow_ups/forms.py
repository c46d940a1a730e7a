"""Forms that move and end a follow-up, and say who answers for it. They validate; actions save."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Membership
from monitoring.follow_ups.models import FollowUp, Reason
from patients.dates import ClinicalDateField
from patients.forms.versioned import SubmittedForm

# Guards against a mistyped year only.
FURTHEST = timedelta(days=20 * 365)
DONE = "done"
HAPPENED = (DONE, Reason.DONE_ELSEWHERE)


def note_field() -> forms.CharField:
    return forms.CharField(
        label="Remark",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": "A remark may have at most 500 characters; this one has %(show_value)d."
        },
    )


def people_choices(form: forms.Form, people: Sequence[Membership]) -> None:
    """Offer ``people`` as responsible and as deputy."""
    names = [(str(member.user_id), member.user.full_name) for member in people]
    form.fields["responsible"].choices = names  # type: ignore[attr-defined] # a choice field's
    form.fields["deputy"].choices = [("", "Nobody of this item alone"), *names]  # type: ignore[attr-defined] # the same


class FollowUpForm(SubmittedForm):
    """What all of them carry: a remark, and the version of the item the form was opened on."""

    note = note_field()

    def __init__(self, *args: Any, follow_up: FollowUp, on: date, **kwargs: Any) -> None:
        standing = {"submission": uuid.uuid4(), "version": follow_up.version}
        kwargs["initial"] = standing | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.follow_up = follow_up
        self.on = on


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


class PeopleForm(FollowUpForm):
    """Who answers for the item, and who is told next when it stays overdue."""

    responsible = forms.TypedChoiceField(label="Who answers for it", coerce=UUID)
    deputy = forms.TypedChoiceField(
        label="Deputy",
        coerce=UUID,
        required=False,
        empty_value=None,
        help_text="Told next when it stays overdue; without one the deputy of the patient's team.",
    )
    field_order = ("responsible", "deputy", "note")

    def __init__(self, *args: Any, follow_up: FollowUp, people: Sequence[Membership], **kwargs: Any) -> None:
        standing = {"responsible": follow_up.responsible_id, "deputy": follow_up.deputy_id}
        super().__init__(*args, follow_up=follow_up, initial=standing, **kwargs)
        people_choices(self, people)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("deputy") is not None and data.get("deputy") == data.get("responsible"):
            self.add_error("deputy", "The deputy is somebody else than who answers for it.")
        return data


class EventForm(forms.Form):
    """The new day of an event that items count from."""

    to = ClinicalDateField(label="New day of the event")
    note = note_field()
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seen: date, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.seen, self.on = seen, on

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_to(self) -> date:
        to: date = self.cleaned_data["to"]
        if to == self.seen:
            raise forms.ValidationError("The follow-ups count from this day already.", code="same")
        if abs(to - self.on) > FURTHEST:
            raise forms.ValidationError("This day lies more than 20 years away; check the year.", code="far")
        return to


class HandOverForm(forms.Form):
    """Which of somebody's items go to whom; all are ticked to begin with."""

    to = forms.TypedChoiceField(
        label="Who takes over", coerce=UUID, error_messages={"required": "Choose who takes over."}
    )
    follow_ups = forms.TypedMultipleChoiceField(
        coerce=UUID,
        error_messages={
            "required": "Tick at least one follow-up.",
            "invalid_choice": "One of the follow-ups is no longer theirs; look at the list again.",
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, items: Iterable[FollowUp], people: Sequence[Membership], **kwargs: Any
    ) -> None:
        keys = [item.pk for item in items]
        kwargs["initial"] = {"submission": uuid.uuid4(), "follow_ups": keys}
        super().__init__(*args, **kwargs)
        names = [(str(member.user_id), member.user.full_name) for member in people]
        self.fields["to"].choices = [("", "Choose"), *names]  # type: ignore[attr-defined] # a choice field's
        self.fields["follow_ups"].choices = [(str(key), str(key)) for key in keys]  # type: ignore[attr-defined] # the same

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data["submission"] or uuid.uuid4()

    @property
    def chosen(self) -> set[UUID]:
        """What is ticked: as posted, else everything."""
        posted = self["follow_ups"].data if self.is_bound else None
        known = {str(key): key for key in self.initial["follow_ups"]}
        return set(known.values()) if posted is None else {known[key] for key in posted if key in known}
