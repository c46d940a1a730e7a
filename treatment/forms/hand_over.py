"""The form that hands a draft over. It validates; actions hand over."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Membership
from treatment.models import Draft


class HandOverForm(forms.Form):
    """To whom the draft goes: a colleague of the hospital who may plan, or oneself."""

    to = forms.ChoiceField(
        label="Who goes on with it",
        error_messages={
            "required": "Choose who goes on with the draft.",
            "invalid_choice": "Choose somebody of the list: a colleague of this hospital who may plan.",
        },
    )

    def __init__(
        self, colleagues: Sequence[Membership], draft: Draft, me: Membership, data: Any = None
    ) -> None:
        super().__init__(data)
        names = [
            (str(one.user_id), "I do" if one.user_id == me.user_id else one.user.full_name)
            for one in colleagues
            if one.user_id != draft.held_by_id
        ]
        self.fields["to"].choices = [("", "Choose"), *names]  # type: ignore[attr-defined] # a choice field
