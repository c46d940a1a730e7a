"""The forms of a reviewer's word and of an adoption. They validate; actions save."""

import uuid
from typing import Any

from django import forms

from approval.models import StepKind

LONGEST = 2000


class WordForm(forms.Form):
    """Which button was pressed, and a comment. ``seen`` is the number of the last row the page showed."""

    comment = forms.CharField(
        label="Comment",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "At most 2000 characters; this text has %(show_value)d."},
    )
    kind = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    kinds: tuple[str, ...] = ()
    AUTO_ID = "id_%s"
    # The words of the buttons that ask for a comment, and what is missing without one.
    reasons: dict[str, str] = {}

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, auto_id=self.AUTO_ID, **given)

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("kind", "")
        if kind not in self.kinds:
            self.add_error(None, "Choose what to do with one of the buttons.")
        elif kind in self.reasons and not cleaned.get("comment") and "comment" not in self.errors:
            self.add_error("comment", self.reasons[kind])
        return cleaned


class StepForm(WordForm):
    """What a reviewer says of a version."""

    kinds = tuple(StepKind.values)
    reasons = {
        StepKind.RETIRED: "Say why it is retired: every hospital that adopted it reads this.",
        StepKind.REMARKED: "Write the remark first.",
    }


class AdoptionForm(WordForm):
    """What an admin says of a version for the hospital."""

    kinds = ("adopt", "end")
    # Beside a reviewer's form on one page, for whoever is both.
    AUTO_ID = "id_adoption_%s"
    reasons = {"end": "Say why the hospital no longer uses this approval."}
