"""The form of the reason for a choice. It validates; actions save."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from treatment.choice import NAMED, Chosen, may_add_radiation

LONGEST_NAME = 200
LONGEST_TEXT = 2000


class ReasonForm(forms.Form):
    """Why an option is chosen, for one of ``reasons``, and what goes with it.

    ``name`` is asked of another regimen and of a trial.
    """

    name = forms.CharField(
        label="Which",
        required=False,
        max_length=LONGEST_NAME,
        error_messages={"max_length": "At most 200 characters; this name has %(show_value)d."},
    )
    then = forms.BooleanField(
        label="Then autologous stem cell transplantation, after induction", required=False
    )
    adjunct_radiation = forms.BooleanField(
        label="With adjunct radiation, which starts no line of its own", required=False
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

    def chosen(self, options: tuple[str, ...]) -> Chosen:
        """What a valid form says of these options, as confirmed."""
        given = self.cleaned_data
        return Chosen(
            options,
            given["reason"],
            given["text"],
            confirmed=True,
            name=given["name"] if options[0] in NAMED else "",
            adjunct_radiation=given["adjunct_radiation"] and may_add_radiation(options),
        )
