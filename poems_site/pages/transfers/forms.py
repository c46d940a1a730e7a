"""Forms of a transfer between hospitals. They validate; workflows act."""

import uuid
from typing import Any

from django import forms

from accounts.models import Hospital, Membership
from accounts.roles import Role


class ResponsibleField(forms.ModelChoiceField):
    """A clinician of one hospital, by name."""

    def label_from_instance(self, obj: Membership) -> str:
        return obj.user.full_name


class OfferForm(forms.Form):
    """To whom, and what the other hospital reads before it answers."""

    to = forms.ModelChoiceField(
        label="To which hospital",
        queryset=Hospital.objects.none(),
        empty_label="Choose a hospital",
        error_messages={"required": "Choose the hospital that is to take over."},
    )
    message = forms.CharField(
        label="What they need to know to decide",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Until they accept they see this text and nothing of the record.",
        error_messages={
            "required": "Write what a colleague needs to know; without it they cannot decide.",
            "max_length": "At most 2000 characters; these are %(show_value)d.",
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hospitals = Hospital.objects.exclude(pk=member.hospital_id).order_by("name")
        self.fields["to"].queryset = hospitals  # type: ignore[attr-defined] # ModelChoiceField's

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()


class AcceptForm(forms.Form):
    """The number the patient gets here, and who answers for them."""

    record_number = forms.CharField(
        label="Record number here",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="This hospital's own number for the patient.",
        error_messages={
            "max_length": "A record number may have at most 40 characters; this one has %(show_value)d."
        },
    )
    responsible = ResponsibleField(
        label="Responsible clinician",
        queryset=Membership.objects.none(),
        help_text="Leads the care, and answers for the follow-ups that come with the patient.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        kwargs["initial"] = {"responsible": member.pk} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        clinicians = Membership.objects.visible_to(member).active().filter(roles__contains=[Role.CLINICIAN])
        self.fields["responsible"].queryset = (  # type: ignore[attr-defined] # ModelChoiceField's
            clinicians.select_related("user").order_by("user__full_name")
        )

    def clean_submission(self) -> uuid.UUID:
        """The form's own number; a form that lost it is a new one."""
        return self.cleaned_data["submission"] or uuid.uuid4()


class RejectForm(forms.Form):
    """Why not; the offering hospital reads it."""

    answer = forms.CharField(
        label="Why not",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say in a sentence why, so that the other hospital knows what to do.",
            "max_length": "At most 500 characters; these are %(show_value)d.",
        },
    )
