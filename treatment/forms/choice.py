"""The form of the reason for a choice. It validates; actions save."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

LONGEST_TEXT = 2000


class ReasonForm(forms.Form):
    """Why an option is chosen, for one of ``reasons``, and whether transplantation follows it."""

    then = forms.BooleanField(
        label="Then autologous stem cell transplantation, after induction", required=False
    )
    reason = forms.ChoiceField(
        label="Reason",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the reasons shown."},
    )
    text = forms.CharField(
        label="In your own words",
        required=False,
        max_length=LONGEST_TEXT,
        error_messages={"max_length": "At most 2000 characters; this text has %(show_value)d."},
    )

    def __init__(
        self,
        reasons: Sequence[tuple[str, str]],
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["reason"].choices = list(reasons)  # type: ignore[attr-defined] # a choice field
