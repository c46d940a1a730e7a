"""To whom everything goes that somebody answers for."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.models import Membership, User
from poems_site.pages.people.presenters import in_words
from poems_site.workflows.leaving import Counts, Part, fingerprint


class HandOverForm(forms.Form):
    """One choice for each part with something in it. ``seen`` is what the preview showed."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, counts: Counts, candidates: Mapping[Part, list[Membership]]) -> None:
        super().__init__(data, initial={"seen": fingerprint(counts)})
        self.people = {str(one.user_id): one.user for part in candidates.values() for one in part}
        for part, count in counts.items():
            names = [(str(one.user_id), one.user.full_name) for one in candidates[part]]
            self.fields[part] = forms.ChoiceField(
                label=in_words(part, count),
                choices=[("", "Choose who takes over"), *names],
                error_messages={
                    "required": "Choose who takes this over: nothing may be left without somebody.",
                    "invalid_choice": "This person cannot take it over; choose another.",
                },
            )

    def chosen(self) -> dict[Part, User]:
        """The person for each part; only after ``is_valid()``."""
        return {part: self.people[self.cleaned_data[part]] for part in Part if self.cleaned_data.get(part)}

    def take(self, counts: Counts) -> None:
        """Let the next click be about what stands now."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": fingerprint(counts)}
