"""The form of the signature. It validates; actions sign."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.proof_form import ProofForm


class SignForm(ProofForm):
    """The password or a code.

    ``seen`` identifies what the page shows; it comes back with the form. ``takes_place_of`` names the plan
    that a new plan ends, or is empty. ``writable`` are the facts that can be entered into the record as well.
    """

    seen = forms.CharField(widget=forms.HiddenInput, max_length=200)
    replaces = forms.BooleanField(error_messages={"required": "Say that the plan that holds now is to end."})
    write = forms.MultipleChoiceField(
        label="Write into the record as well",
        required=False,
        error_messages={"invalid_choice": "That cannot be written into the record from here."},
    )

    def __init__(
        self, data: Any = None, *, seen: str, takes_place_of: str, writable: Iterable[str] = ()
    ) -> None:
        super().__init__(data, initial={"seen": seen})
        self.fields["write"].choices = [(path, path) for path in writable]  # type: ignore[attr-defined] # of choices
        self.fields["replaces"].label = f"This new plan takes the place of {takes_place_of}, which ends"
        if not takes_place_of:
            del self.fields["replaces"]
