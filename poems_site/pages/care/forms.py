"""Forms about the end of care. They validate; workflows act."""

import uuid
from datetime import date
from typing import Any

from django import forms

from patients.actions.care import Death
from patients.forms.versioned import VersionedForm
from patients.models import Patient
from patients.partial_dates import PartialDate, PartialDateField


class DeathForm(VersionedForm):
    """The day of death as far as it is known, up to the day ``on``, and perhaps the cause."""

    died = PartialDateField(
        label="Day of death",
        error_messages={"required": "Give the day as far as it is known, or say that it is not known."},
        help_text="As far as it is known: 3 May 2026, May 2026 or 2026.",
    )
    day_unknown = forms.BooleanField(label="The day is not known", required=False)
    cause = forms.CharField(
        label="Cause of death",
        required=False,
        max_length=200,
        help_text="Leave empty if it is not known.",
        error_messages={
            "max_length": "A cause may have at most 200 characters; this one has %(show_value)d."
        },
    )

    def __init__(self, *args: Any, patient: Patient, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "died": patient.died,
            "day_unknown": not patient.is_in_care and patient.died is None,
            "cause": patient.cause_of_death,
            "version": patient.version,
        }
        super().__init__(*args, **kwargs)
        self.patient = patient
        self.fields["died"].required = "day_unknown" not in self.data
        self.fields["died"].not_after = on  # type: ignore[attr-defined] # PartialDateField's

    def clean_died(self) -> PartialDate | None:
        died: PartialDate | None = self.cleaned_data["died"]
        if died and died.last < self.patient.born.first:
            raise forms.ValidationError(
                f"{died} lies before the birth of this patient ({self.patient.born}).", code="before_birth"
            )
        return died

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        died = data.get("died")
        if died is not None and data.get("day_unknown"):
            self.add_error("day_unknown", f"{died} and “not known” contradict each other.")
        return data

    @property
    def death(self) -> Death:
        """What a valid form says."""
        return Death(self.cleaned_data["died"], self.cleaned_data["cause"])


class MergeForm(forms.Form):
    """What the preview showed, and the form's own number."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()
