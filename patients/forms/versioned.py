"""What a form carries so that a double click enters once and two people do not overwrite each other."""

import uuid

from django import forms
from django.http import QueryDict


class VersionedForm(forms.Form):
    """A form that was opened for one version of a row."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def take_version(self, version: int) -> None:
        """Show the form again for the row as it stands now, with what was typed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data


class SubmittedForm(VersionedForm):
    """A versioned form that also has a number of its own, the same however often it is sent."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_version(self) -> int:
        """The version the form was opened for; a form that lost it is stale."""
        return self.cleaned_data["version"] or 0
