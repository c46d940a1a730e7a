"""Forms that acknowledge an alert and hand it over. They validate; workflows act."""

import uuid
from datetime import date
from typing import Any

from django import forms

from accounts.models import Membership
from guideline.edition import load_edition
from monitoring.alerts.models import LONGEST_REVIEW, Alert, NextStep, Reason
from patients.dates import ClinicalDateField
from patients.forms.versioned import SubmittedForm
from patients.queries.care_team import candidates
from patients.queries.emergency import who_may_open
from poems_site.workflows.acknowledge import Decision, Examination

TOO_LONG = "At most %(limit_value)d characters; these are %(show_value)d."


class AlertForm(SubmittedForm):
    """What both forms carry: the form's own number, and the version of the alert it was opened on."""

    def __init__(self, *args: Any, alert: Alert, **kwargs: Any) -> None:
        initial = {"submission": uuid.uuid4(), "version": alert.version}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.alert = alert


class AcknowledgeForm(AlertForm):
    """Why it may rest, what is done meanwhile, and when it is looked at again."""

    reason = forms.ChoiceField(
        label="Why it may rest",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why this alert may rest."},
    )
    note = forms.CharField(
        label="In your words",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    next_step = forms.ChoiceField(
        label="What is done",
        widget=forms.RadioSelect,
        error_messages={"required": "A critical alert rests only if something is done: choose what."},
    )
    kind = forms.ChoiceField(label="Examination", required=False)
    due = ClinicalDateField(label="Due on", required=False)
    record_note = forms.CharField(
        label="Note for the record",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    review_on = ClinicalDateField(label="Look at it again on")
    field_order = ("reason", "note", "next_step", "kind", "due", "record_note", "review_on")

    def __init__(self, *args: Any, alert: Alert, on: date, **kwargs: Any) -> None:
        self.on, self.last = on, on + LONGEST_REVIEW[alert.severity]
        super().__init__(*args, alert=alert, initial={"review_on": self.last}, **kwargs)
        self.examinations = examinations()
        self.fields["kind"].choices = [("", "Choose one"), *self.examinations.items()]  # type: ignore[attr-defined] # a choice field's
        self.fields["next_step"].required = alert.severity == "critical"
        nothing = [] if alert.severity == "critical" else [("", "Nothing more is needed")]
        self.fields["next_step"].choices = [*nothing, *NextStep.choices]  # type: ignore[attr-defined] # likewise
        self.fields[
            "review_on"
        ].help_text = f"At the latest on {self.last:%-d %B %Y}. It comes back earlier with new values."

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if not self.on < day <= self.last:
            raise forms.ValidationError(
                f"Choose a day after today and no later than {self.last:%-d %B %Y}: "
                f"this alert, {self.alert.severity}, rests no longer.",
                code="far",
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("reason") == Reason.OTHER and not data.get("note") and "note" not in self.errors:
            self.add_error("note", "Say in your words which other reason it is.")
        step = data.get("next_step")
        if step == NextStep.FOLLOW_UP:
            self._check_examination(data)
        if step == NextStep.NOTE and not data.get("record_note") and "record_note" not in self.errors:
            self.add_error("record_note", "Write the note that says what is done.")
        return data

    def _check_examination(self, data: dict[str, Any]) -> None:
        if not data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", "Choose which examination is planned.")
        due = data.get("due")
        if due is None and "due" not in self.errors:
            self.add_error("due", "Give the day on which it is due.")
        elif due is not None and due < self.on:
            self.add_error("due", "This day lies in the past; choose today or a later day.")

    @property
    def decision(self) -> Decision:
        """What a valid form decides."""
        data = self.cleaned_data
        plans = data["next_step"] == NextStep.FOLLOW_UP
        return Decision(
            reason=Reason(data["reason"]),
            review_on=data["review_on"],
            note=data["note"],
            next_step=data["next_step"],
            examination=Examination(data["kind"], self.examinations[data["kind"]], data["due"])
            if plans
            else None,
            record_note=data["record_note"],
        )


class HandOverForm(AlertForm):
    """Who looks after it from now on."""

    to = forms.ChoiceField(
        label="To whom",
        error_messages={"required": "Choose a colleague.", "invalid_choice": "Choose a colleague."},
    )
    note = forms.CharField(
        label="What they should know",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    field_order = ("to", "note")

    def __init__(self, *args: Any, alert: Alert, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, alert=alert, **kwargs)
        able = who_may_open(alert.patient, candidates(member), by=member)
        self.colleagues = {str(one.user_id): one.user for one in able if one.user_id != member.user_id}
        names = [(key, user.full_name) for key, user in self.colleagues.items()]
        self.fields["to"].choices = [("", "Choose a colleague"), *names]  # type: ignore[attr-defined] # a choice field's


def examinations() -> dict[str, str]:
    """The kinds of examination of the guideline's schedules, each by its first name there."""
    found: dict[str, str] = {}
    for schedule in load_edition().schedules.values():
        for item in schedule.items:
            found.setdefault(item.kind, item.label)
    return found
