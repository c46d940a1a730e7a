"""The forms of the tumour board's list. They validate; actions save."""

import uuid

from django import forms

from monitoring.board.models import BoardDecision


class QuestionForm(forms.Form):
    """What the board is asked."""

    question = forms.CharField(
        label="Question to the board",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Ask the board something: a list of names alone helps nobody.",
            "max_length": "A question may have at most 500 characters; this one has %(show_value)d.",
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()


class DecisionForm(forms.Form):
    """One of three words, and more if somebody wants to say it."""

    decision = forms.ChoiceField(choices=BoardDecision.choices)
    text = forms.CharField(max_length=1000, required=False)
