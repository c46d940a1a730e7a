"""The form of a hospital's reminders. It validates; actions save."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from accounts.actions.hospitals import REMINDER_SETTINGS, fingerprint
from accounts.models import Hospital, Membership
from patients.dates import ClinicalDateField


def _days(label: str, least: int, most: int, help_text: str) -> forms.IntegerField:
    sentence = f"Choose a number of days from {least} to {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


class ReminderSettingsForm(forms.Form):
    """Who is told last, at which hour, and after how many days."""

    lead_clinician_id = forms.TypedChoiceField(
        label="Lead clinician",
        coerce=UUID,
        help_text="Hears what stays overdue longest, and what nobody else can be told.",
        error_messages={"required": "Choose who leads: without them some items would reach nobody."},
    )
    digest_hour = forms.TypedChoiceField(
        label="Hour of the daily mail",
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        help_text="On the hospital's own clock. An hour that was missed is made up the same day.",
    )
    digest_on_weekends = forms.TypedChoiceField(
        label="On Saturdays and Sundays",
        coerce=lambda word: word == "True",
        choices=[(True, "Mails go out"), (False, "What falls on them goes out on Monday")],
    )
    remind_soon_days = _days("Coming up", 0, 90, "Days before an item is due.")
    remind_overdue_days = _days("Overdue", 1, 365, "Days after the end of its window.")
    remind_deputy_days = _days(
        "Told to the deputy", 1, 365, "Days after the end of its window; later than overdue."
    )
    remind_lead_days = _days(
        "Told to the lead clinician", 1, 365, "Days after the end of its window; later than the deputy."
    )
    alert_deputy_days = _days("Alert told to the deputy", 1, 29, "Days without anybody acknowledging it.")
    alert_lead_days = _days(
        "Alert told to the lead clinician",
        2,
        30,
        "Days without anybody acknowledging it; later than the deputy.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, hospital: Hospital, leads: list[tuple[UUID, str]], **kwargs: Any) -> None:
        standing = {name: getattr(hospital, name) for name in REMINDER_SETTINGS}
        kwargs["initial"] = standing | {"seen": fingerprint(hospital)}
        super().__init__(*args, **kwargs)
        self.fields["lead_clinician_id"].choices = [("", "Nobody yet"), *leads]  # type: ignore[attr-defined] # a choice field's

    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in ("lead_clinician_id", "digest_hour", "digest_on_weekends")]

    def of_follow_ups(self) -> list[forms.BoundField]:
        return [self[name] for name in REMINDER_SETTINGS if name.startswith("remind_")]

    def of_alerts(self) -> list[forms.BoundField]:
        return [self[name] for name in REMINDER_SETTINGS if name.startswith("alert_")]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        overdue, deputy, lead = (data.get(f"remind_{stage}_days") for stage in ("overdue", "deputy", "lead"))
        if overdue is not None and deputy is not None and deputy <= overdue:
            self.add_error(
                "remind_deputy_days", f"The deputy is told later than overdue: after day {overdue}."
            )
        if deputy is not None and lead is not None and lead <= deputy:
            self.add_error("remind_lead_days", f"The lead is told later than the deputy: after day {deputy}.")
        deputy, lead = data.get("alert_deputy_days"), data.get("alert_lead_days")
        if deputy is not None and lead is not None and lead <= deputy:
            self.add_error("alert_lead_days", f"The lead is told later than the deputy: after day {deputy}.")
        return data

    def take(self, hospital: Hospital) -> None:
        """Show the form again for the settings as they stand now, with what was typed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = fingerprint(hospital)
        self.data = data

    def changed_meanwhile(self, hospital: Hospital) -> str:
        """What stands now, in the words of the form."""
        shown = []
        for name in REMINDER_SETTINGS:
            value = getattr(hospital, name)
            if str(value) != str(self.data.get(name, "")):
                words = dict(getattr(self.fields[name], "choices", ())).get(value, value)
                shown.append(f"{self.fields[name].label}: {words}")
        return "; ".join(shown)


class PauseForm(forms.Form):
    """From when to when, and who stands in."""

    cover = forms.TypedChoiceField(
        label="Who stands in", coerce=UUID, error_messages={"required": "Choose who stands in."}
    )
    first_on = ClinicalDateField(label="First day")
    last_on = ClinicalDateField(label="Last day", help_text="At most 30 days after the first.")

    def __init__(self, *args: Any, colleagues: Sequence[Membership], on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"first_on": on}
        super().__init__(*args, **kwargs)
        names = [(str(member.user_id), member.user.full_name) for member in colleagues]
        self.fields["cover"].choices = [("", "Choose"), *names]  # type: ignore[attr-defined] # a choice field's
