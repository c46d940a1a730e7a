"""The form that confirms or changes a computed response. It validates; actions save."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict

from monitoring.course.presenters.axis_words import SAYABLE, WORDS


class ResponseForm(forms.Form):
    """One word of the axis, the reason, and the values that were seen when the form was opened."""

    decided = forms.ChoiceField(
        label="The response is",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a word.", "invalid_choice": "Choose one of the words below."},
    )
    reason = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why in a few words: it stands beside what was computed.",
            "max_length": "A reason may have at most 500 characters; this one has %(show_value)d.",
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    rests_on = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, axis: str, computed: str, rests_on: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"decided": computed, "submission": uuid.uuid4(), "rests_on": rests_on}
        super().__init__(*args, **kwargs)
        self.now = rests_on
        words = dict.fromkeys((computed, *SAYABLE[axis]))
        said = {word: f"{WORDS[word]} (as computed)" if word == computed else WORDS[word] for word in words}
        self.fields["decided"].choices = list(said.items())  # type: ignore[attr-defined] # of a choice field

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Values that came or were corrected meanwhile may change what there is to confirm."""
        cleaned = super().clean() or {}
        if cleaned.get("rests_on") != self.now:
            self.add_error(
                None,
                "The values of this axis have changed since you opened the form. Read the response above "
                "again; nothing of what you typed is lost.",
            )
            data = QueryDict(mutable=True)
            data.update(self.data)
            data["rests_on"] = self.now
            self.data = data
        return cleaned
