"""The form of a plan in free text. It validates; actions sign."""

import uuid
from typing import Any

from django import forms

from accounts.proof_form import ProofForm
from treatment.models import FreePlan


class FreePlanForm(ProofForm):
    """Title and text, and the password or a code; ``submission`` catches a double click."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="What it is about, as colleagues will look for it.",
        error_messages={"required": "Give it a title.", "max_length": "A title has 200 characters at most."},
    )
    text = forms.CharField(
        label="Plan",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Decision, reasons, doses, what is watched and when. An empty line begins a paragraph.",
        error_messages={
            "required": "Write the plan.",
            "max_length": "A plan has 20,000 characters at most; write a second one for the rest.",
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, earlier: FreePlan | None = None) -> None:
        standing = {"title": earlier.title, "text": earlier.text} if earlier else {}
        super().__init__(data, initial={"submission": uuid.uuid4(), **standing})

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data["submission"] or uuid.uuid4()
